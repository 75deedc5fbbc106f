//! Reading sealed content piece by piece.

use super::{Head, KEY, MARK, PIECE, TAG, damaged, last};
use aes_gcm::Aes256Gcm;
use aes_gcm::aead::stream::DecryptorBE32;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncRead, ReadBuf};

/// Content as it is unsealed: only what was kept is given out, and less of it than there is ends with an error.
pub(crate) struct Unsealed<R> {
    from: R,
    /// Sealed bytes that are still to be read.
    left: u64,
    hash: [u8; KEY],
    /// None once the last piece was reached.
    stream: Option<DecryptorBE32<Aes256Gcm>>,
    piece: Vec<u8>,
    at: At,
}

/// How far a piece has come.
#[derive(Clone, Copy)]
enum At {
    /// So many of its sealed bytes are read.
    Read(usize),
    /// It is unsealed, and so many bytes of it are given out.
    Given(usize),
    /// It did not hold: nothing more is given out.
    Broken,
}

impl<R: AsyncRead + Unpin> Unsealed<R> {
    /// The content of `length` sealed bytes.
    pub(super) fn new(from: R, head: &Head, length: u64) -> Self {
        let stream = Some(head.decryptor());
        Self { from, left: length, hash: head.hash, stream, piece: Vec::new(), at: At::Given(0) }
    }

    /// Makes room for the next piece.
    fn begin(&mut self) -> usize {
        let length = usize::try_from(self.left).map_or(PIECE + TAG, |left| left.min(PIECE + TAG));
        self.left = self.left.saturating_sub(u64::try_from(length).unwrap_or(u64::MAX));
        self.piece.resize(length, 0);
        0
    }

    /// Reads a piece from its `read` bytes to its end.
    fn fill(&mut self, mut read: usize, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        while let Some(room) = self.piece.get_mut(read..).filter(|room| !room.is_empty()) {
            let mut room = ReadBuf::new(room);
            ready!(Pin::new(&mut self.from).poll_read(context, &mut room))?;
            let more = room.filled().len();
            if more == 0 {
                return Poll::Ready(Err(damaged()));
            }
            read += more;
            self.at = At::Read(read);
        }
        Poll::Ready(Ok(()))
    }

    fn unseal(&mut self) -> io::Result<()> {
        let mut stream = self.stream.take().ok_or_else(damaged)?;
        let unsealed = if self.left == 0 {
            stream.decrypt_last_in_place(&last(&self.hash), &mut self.piece)
        } else {
            let unsealed = stream.decrypt_next_in_place(&MARK, &mut self.piece);
            self.stream = Some(stream);
            unsealed
        };
        unsealed.map_err(|_sealed| damaged())
    }
}

impl<R: AsyncRead + Unpin> AsyncRead for Unsealed<R> {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        to: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        loop {
            let read = match this.at {
                At::Broken => return Poll::Ready(Err(damaged())),
                At::Read(read) => read,
                At::Given(given) => {
                    let rest = this.piece.get(given..).unwrap_or_default();
                    if !rest.is_empty() {
                        let now = rest.get(..to.remaining()).unwrap_or(rest);
                        to.put_slice(now);
                        this.at = At::Given(given + now.len());
                        return Poll::Ready(Ok(()));
                    }
                    if this.stream.is_none() {
                        return Poll::Ready(Ok(()));
                    }
                    this.begin()
                }
            };
            this.at = At::Read(read);
            let filled = ready!(this.fill(read, context));
            if let Err(error) = filled.and_then(|()| this.unseal()) {
                this.at = At::Broken;
                this.piece.clear();
                return Poll::Ready(Err(error));
            }
            this.at = At::Given(0);
        }
    }
}
