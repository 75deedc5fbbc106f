//! A meeting as a calendar takes it (RFC 5545): CRLF, lines of 75 octets, times in UTC.

use crate::kernel::Instant;

/// Most octets of a line.
const LINE: usize = 75;

/// What a calendar shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The same for all versions of a meeting, and for no other.
    pub uid: String,
    /// Counts its changes from 0.
    pub sequence: u32,
    /// When this version was made.
    pub stamp: Instant,
    pub start: Instant,
    pub end: Instant,
    pub summary: String,
    /// Left out where empty, as the next two are.
    pub location: String,
    pub description: String,
    pub link: String,
    pub cancelled: bool,
}

/// The text of a calendar that holds `event`.
#[must_use]
pub fn text(event: &Event) -> String {
    let mut out = String::new();
    let status = if event.cancelled { "CANCELLED" } else { "CONFIRMED" };
    for line in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Ronghe//Meetings//ZH", "METHOD:PUBLISH"] {
        fold(&mut out, line);
    }
    fold(&mut out, "BEGIN:VEVENT");
    fold(&mut out, &format!("UID:{}", escaped(&event.uid)));
    fold(&mut out, &format!("SEQUENCE:{}", event.sequence));
    for (name, at) in [("DTSTAMP", event.stamp), ("DTSTART", event.start), ("DTEND", event.end)] {
        fold(&mut out, &format!("{name}:{}", at.strftime("%Y%m%dT%H%M%SZ")));
    }
    fold(&mut out, &format!("SUMMARY:{}", escaped(&event.summary)));
    for (name, words) in [("LOCATION", &event.location), ("DESCRIPTION", &event.description)] {
        if !words.is_empty() {
            fold(&mut out, &format!("{name}:{}", escaped(words)));
        }
    }
    if !event.link.is_empty() {
        // An address is no text: its commas stand as they are. It holds no line's end.
        fold(&mut out, &format!("URL:{}", event.link.replace(['\r', '\n'], "")));
    }
    fold(&mut out, &format!("STATUS:{status}"));
    fold(&mut out, "END:VEVENT");
    fold(&mut out, "END:VCALENDAR");
    out
}

/// A text within a property.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' | '\r' => out.push_str("\\n"),
            c if c.is_control() && c != '\t' => {}
            c => out.push(c),
        }
    }
    out
}

/// Adds a line in parts of at most 75 octets, each behind the first with a blank in front; no character is cut.
fn fold(out: &mut String, line: &str) {
    let mut used = 0;
    for c in line.chars() {
        if used + c.len_utf8() > LINE {
            out.push_str("\r\n ");
            used = 1;
        }
        out.push(c);
        used += c.len_utf8();
    }
    out.push_str("\r\n");
}
