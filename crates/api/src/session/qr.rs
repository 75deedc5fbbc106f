//! The QR code by which a phone takes up the key of its authenticator.

use qrcode::{Color, EcLevel, QrCode as Code};
use ronghe_contract::session::QrCode;
use std::fmt::Write;

/// `text` as a code that bears a scratch (level M); `None` where it is too long for one.
pub(super) fn code(text: &str) -> Option<QrCode> {
    let code = Code::with_error_correction_level(text, EcLevel::M).ok()?;
    let side = code.width();
    let mut path = String::new();
    for (at, color) in code.to_colors().into_iter().enumerate() {
        if color == Color::Dark {
            write!(path, "M{} {}h1v1h-1z", at.checked_rem(side)?, at.checked_div(side)?).ok()?;
        }
    }
    Some(QrCode { side, path })
}

#[cfg(test)]
mod tests {
    use super::code;
    use std::collections::BTreeSet;

    /// Pixels for a module, and modules that stay empty around the code.
    const PIXELS: usize = 4;
    const QUIET: usize = 4;

    #[test]
    fn a_camera_reads_what_was_written() {
        let url = "otpauth://totp/Ronghe:zhangmin?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Ronghe";
        let code = code(url).unwrap();
        let dark: BTreeSet<(usize, usize)> = code
            .path
            .split_terminator("h1v1h-1z")
            .map(|place| place.trim_start_matches('M').split_once(' ').unwrap())
            .map(|(x, y)| (x.parse().unwrap(), y.parse().unwrap()))
            .collect();
        let side = (code.side + 2 * QUIET) * PIXELS;
        let mut picture = rqrr::PreparedImage::prepare_from_greyscale(side, side, |x, y| {
            let module = |at: usize| (at / PIXELS).checked_sub(QUIET);
            let is_dark = module(x).zip(module(y)).is_some_and(|place| dark.contains(&place));
            if is_dark { 0 } else { 255 }
        });
        let read: Vec<String> = picture.detect_grids().iter().map(|grid| grid.decode().unwrap().1).collect();
        assert_eq!(read, [url]);
    }
}
