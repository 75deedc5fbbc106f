//! `ronghe organisation import` and `ronghe organisation template`.

use crate::context::Context;
use crate::exit::{Failure, done};
use crate::file::{bytes, save};
use crate::output::Column;
use crate::write::{Write, change};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ronghe_contract::org::{ImportOrganisations, ImportedOrganisation};
use ronghe_text::{Lang, org_kind};
use std::path::Path;

const COLUMNS: &[Column] = &[
    Column { name: "slug", zh: "地址名", en: "Slug" },
    Column { name: "name", zh: "名称", en: "Name" },
    Column { name: "kind", zh: "类别", en: "Kind" },
    Column { name: "parent", zh: "上级单位", en: "Parent" },
    Column { name: "university", zh: "高校信息", en: "University" },
];

/// Makes the organisations of a table, all or none.
pub(crate) async fn import(context: &Context, file: &Path, write: &Write) -> Result<(), Failure> {
    let lang = context.lang;
    let client = context.client()?;
    let bytes = STANDARD.encode(bytes(context, file)?);
    let preview =
        client.import_organisations(&ImportOrganisations { file: bytes.clone(), preview: true }).await?;
    let count = preview.organisations.len();
    if write.dry_run {
        context.output.rows(COLUMNS, &preview.organisations, |row| cells(lang, row))?;
        let said = match lang {
            Lang::Zh => format!("可以导入 {count} 个单位，没有写入"),
            Lang::En => format!("{count} organisations can be imported; nothing was written"),
        };
        done(context, &said);
        return Ok(());
    }
    let question = match lang {
        Lang::Zh => format!("导入 {count} 个单位？"),
        Lang::En => format!("Import {count} organisations?"),
    };
    write.confirm.ask(context, &question)?;
    let body = ImportOrganisations { file: bytes, preview: false };
    let made = change(&client, async |client| client.import_organisations(&body).await).await?;
    context.output.rows(COLUMNS, &made.organisations, |row| cells(lang, row))?;
    let said = match lang {
        Lang::Zh => format!("{} 个单位已导入", made.organisations.len()),
        Lang::En => format!("{} organisations imported", made.organisations.len()),
    };
    done(context, &said);
    Ok(())
}

/// Writes an empty table to be filled in.
pub(crate) async fn template(context: &Context, file: &Path) -> Result<(), Failure> {
    let bytes = context.client()?.organisation_template().await?;
    save(context, file, &bytes)
}

fn cells(lang: Lang, row: &ImportedOrganisation) -> Vec<String> {
    let parent = row.parent.as_ref().map(|parent| lang.pick(&parent.name, &parent.name_en).to_owned());
    let university = row.university.as_ref().map(|facts| super::office::university(lang, facts));
    vec![
        row.slug.clone(),
        lang.pick(&row.name, &row.name_en).to_owned(),
        org_kind(lang, row.kind).to_owned(),
        parent.unwrap_or_default(),
        university.unwrap_or_default(),
    ]
}
