//! A file that is read as its bytes go.

use bytes::{Bytes, BytesMut};
use http_body::{Body, Frame, SizeHint};
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use tokio::fs::File;
use tokio::io::{AsyncRead, ReadBuf};

/// Bytes that are read at once.
const PIECE: usize = 64 * 1024;

/// What is left of a file, and who hears of what has gone.
pub(super) struct Reading {
    file: File,
    size: u64,
    gone: u64,
    told: Box<dyn FnMut(u64, u64) + Send + Sync>,
}

impl Reading {
    pub(super) fn of(file: File, size: u64, told: impl FnMut(u64, u64) + Send + Sync + 'static) -> Self {
        Self { file, size, gone: 0, told: Box::new(told) }
    }
}

impl Body for Reading {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        let left = usize::try_from(self.size - self.gone).unwrap_or(usize::MAX).min(PIECE);
        if left == 0 {
            return Poll::Ready(None);
        }
        let mut piece = BytesMut::zeroed(left);
        let mut buffer = ReadBuf::new(&mut piece);
        ready!(Pin::new(&mut self.file).poll_read(context, &mut buffer))?;
        let read = buffer.filled().len();
        if read == 0 {
            // It has become shorter than it was: the server must not take it for whole.
            return Poll::Ready(Some(Err(io::ErrorKind::UnexpectedEof.into())));
        }
        piece.truncate(read);
        self.gone += u64::try_from(read).unwrap_or(u64::MAX);
        let (gone, size) = (self.gone, self.size);
        (self.told)(gone, size);
        Poll::Ready(Some(Ok(Frame::data(piece.freeze()))))
    }

    fn is_end_stream(&self) -> bool {
        self.gone == self.size
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.size - self.gone)
    }
}
