//! Typed HTTP client for the API, native and in the browser.
