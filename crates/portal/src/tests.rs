//! Every page renders, in both languages, and every link within it leads somewhere.
