//! 答疑: asked and answered in public, by nobody known.

mod life;
mod unseen;
