//! The binary itself, through its console and over HTTP.

mod serve;
