//! In what two versions of an application differ: what went and what came, clause by clause.

use super::show::said;
use crate::context::Context;
use crate::exit::Failure;
use ronghe_contract::application::{FiledView, VersionView};
use ronghe_decision::changes::{Piece, changes};
use ronghe_domain::application::Field;
use ronghe_domain::application::draft::Purpose;
use ronghe_text::{Lang, application_field, file_purpose};

/// Prints each field that differs, with the clauses that one of the versions alone has.
pub(super) async fn diff(context: &Context, name: &str, before: u32, after: u32) -> Result<(), Failure> {
    let lang = context.lang;
    let found = context.client()?.compare_application_versions(name, before, after).await?;
    context.output.one(&found, || {
        let of = |field: &Field| {
            let (old, new) = changes(&words(lang, *field, &found.before), &words(lang, *field, &found.after));
            let head = std::iter::once(application_field(lang, *field).to_owned());
            head.chain(marked("-", &old)).chain(marked("+", &new)).collect::<Vec<_>>()
        };
        found.fields.iter().flat_map(of).collect()
    })
}

/// What changed alone, each clause under its mark.
fn marked(mark: &str, pieces: &[Piece]) -> Vec<String> {
    let changed = pieces.iter().filter(|it| it.is_changed);
    let lines = changed.flat_map(|it| it.text.lines()).filter(|line| !line.trim().is_empty());
    lines.map(|line| format!("{mark} {line}")).collect()
}

/// What a field says in a version, a line for each row; of files their purpose and name.
fn words(lang: Lang, field: Field, version: &VersionView) -> String {
    let is_sealed = |it: &&FiledView| (it.purpose == Purpose::SealedPage) == (field == Field::SealedPage);
    let lines = match field {
        Field::Attachments | Field::SealedPage => {
            let file = |it: &FiledView| format!("{} {}", file_purpose(lang, it.purpose), it.file.name);
            version.files.iter().filter(is_sealed).map(file).collect()
        }
        field => said(lang, field, &version.content),
    };
    lines.iter().map(|line| format!("{line}\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_both_is_not_printed() {
        let (old, new) = changes("建两个教研组。每月教研。\n", "建三个教研组。每月教研。\n");
        assert_eq!(marked("-", &old), ["- 建两个教研组。"]);
        assert_eq!(marked("+", &new), ["+ 建三个教研组。"]);
    }
}
