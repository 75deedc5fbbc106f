//! Functions that are too long to be read at once.

/// Most lines of a function.
const FUNCTION: usize = 60;
/// Most lines of a function that is a view: markup is long and flat.
const VIEW: usize = 150;

/// Every function of a formatted source text with more lines than it may have.
pub(super) fn too_long(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().collect();
    let starts = lines.iter().enumerate().filter_map(|(at, line)| Some((at, name(line.trim_start())?)));
    starts
        .filter_map(|(at, name)| {
            let (length, most) = measure(lines.get(at..)?)?;
            (length > most).then(|| format!("function {name} has {length} lines, at most {most}"))
        })
        .collect()
}

/// Lines from the signature to the closing brace, which stands under the first letter, and how many there may be.
fn measure(lines: &[&str]) -> Option<(usize, usize)> {
    let head = lines.iter().position(|line| line.trim_end().ends_with(['{', '}', ';']))? + 1;
    let signature = lines.get(..head)?;
    if !signature.last()?.trim_end().ends_with('{') {
        // It closes itself, or it has no body.
        return None;
    }
    let indent = indent(lines.first()?);
    let body = lines
        .iter()
        .skip(head)
        .position(|line| indent == self::indent(line) && line.trim().starts_with('}'))?;
    let is_view =
        signature.iter().any(|line| line.contains("-> impl IntoView") || line.contains("-> AnyView"));
    Some((head + body + 1, if is_view { VIEW } else { FUNCTION }))
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The name of the function that begins on this line.
fn name(line: &str) -> Option<&str> {
    let words = ["pub ", "pub(crate) ", "pub(super) ", "default ", "const ", "async ", "unsafe "];
    let mut rest = line;
    while let Some(shorter) = words.iter().find_map(|word| rest.strip_prefix(word)) {
        rest = shorter;
    }
    rest.strip_prefix("fn ")?.split(['(', '<']).next()
}

#[cfg(test)]
mod tests {
    use super::too_long;

    #[test]
    fn long_functions_are_named() {
        let check = |head: &str, lines: usize, tail: &str, expected: &[&str]| {
            let text = format!("{head}\n{}{tail}\n", "    x();\n".repeat(lines));
            assert_eq!(too_long(&text), expected, "{head}");
        };
        check("fn f() {", 58, "}", &[]);
        check("fn f() {", 59, "}", &["function f has 61 lines, at most 60"]);
        check(
            "pub(crate) const async fn f<T>(\n    t: T,\n) -> T {",
            70,
            "}",
            &["function f has 74 lines, at most 60"],
        );
        check("fn page() -> AnyView {", 148, "}", &[]);
        check("fn page() -> impl IntoView {", 149, "}", &["function page has 151 lines, at most 150"]);
        // Without a body, or closed at once, it does not reach to the next brace.
        check("trait T {\nfn f(&self);", 70, "}", &[]);
        check("fn f() {}", 70, "}", &[]);
    }
}
