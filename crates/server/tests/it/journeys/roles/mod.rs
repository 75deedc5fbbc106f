//! What a role comes for that no other journey walks: who watches, who administers, the public, a school, an office, the
//! lead office, and anyone who asks for help or changes the language in the middle of a word.

pub(super) mod administrators;
pub(super) mod auditor;
pub(super) mod carry;
pub(super) mod glance;
pub(super) mod help;
pub(super) mod language;
pub(super) mod school;
pub(super) mod visitor;
pub(super) mod weights;
