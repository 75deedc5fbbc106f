//! A whole year: crowds at its lists, the end of its applications, and the demonstration's two of them.

mod crowd;
mod whole;
