//! Reading sealed content piece by piece.

use super::{failed, head};
use ronghe_vault::{Fault, HEAD, Head, Keys, Opening, PIECE, TAG};
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncRead, ReadBuf};

/// Content as it is unsealed: only what was kept is given out, and less of it than there is ends with an error.
pub(crate) struct Unsealed<R> {
    from: R,
    /// Sealed bytes that are still to be read.
    left: u64,
    opening: Opening,
    piece: Vec<u8>,
    at: At,
}

/// The content with this hash out of a file of `size` bytes.
pub(crate) async fn unsealed<R: AsyncRead + Unpin>(
    keys: &Keys,
    hash: &str,
    mut from: R,
    size: u64,
) -> io::Result<Unsealed<R>> {
    let head = keys.open_for(hash, &head(&mut from).await?).map_err(failed)?;
    Ok(Unsealed::new(from, &head, size))
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
    /// The content of a file of `size` bytes, of which the head was read.
    pub(crate) fn new(from: R, head: &Head, size: u64) -> Self {
        let left = size.saturating_sub(u64::try_from(HEAD).unwrap_or(u64::MAX));
        Self { from, left, opening: Opening::new(head), piece: Vec::new(), at: At::Given(0) }
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
                return Poll::Ready(Err(failed(Fault::Damaged)));
            }
            read += more;
            self.at = At::Read(read);
        }
        Poll::Ready(Ok(()))
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
                At::Broken => return Poll::Ready(Err(failed(Fault::Damaged))),
                At::Read(read) => read,
                At::Given(given) => {
                    let rest = this.piece.get(given..).unwrap_or_default();
                    if !rest.is_empty() {
                        let now = rest.get(..to.remaining()).unwrap_or(rest);
                        to.put_slice(now);
                        this.at = At::Given(given + now.len());
                        return Poll::Ready(Ok(()));
                    }
                    if this.opening.is_over() {
                        return Poll::Ready(Ok(()));
                    }
                    this.begin()
                }
            };
            this.at = At::Read(read);
            let filled = ready!(this.fill(read, context));
            if let Err(error) =
                filled.and_then(|()| this.opening.next(&mut this.piece, this.left == 0).map_err(failed))
            {
                this.at = At::Broken;
                this.piece.clear();
                return Poll::Ready(Err(error));
            }
            this.at = At::Given(0);
        }
    }
}
