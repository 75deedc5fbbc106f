//! `ronghe organisation profile`: what a university offers to schools.

use crate::context::Context;
use crate::exit::{Failure, done};
use crate::file::json;
use crate::write::Write;
use clap::Subcommand;
use ronghe_contract::profile::ProfileView;
use ronghe_domain::profile::ProfileDraft;
use ronghe_text::{Lang, colon, comma, form, profile_refusal, stage};
use std::path::{Path, PathBuf};

#[derive(Subcommand)]
pub(crate) enum Verb {
    /// What a university says of itself.
    Show {
        /// Its name in addresses.
        slug: String,
    },
    /// Write the profile of a university; what is left out is emptied.
    Set {
        /// Its name in addresses.
        slug: String,
        /// The profile as JSON: disciplines, measures, forms, stages, strengths; `-` for standard input.
        #[arg(long)]
        file: PathBuf,
        #[command(flatten)]
        write: Write,
    },
}

/// Runs a verb of `organisation profile`.
pub(super) async fn run(context: &Context, verb: Verb) -> Result<(), Failure> {
    match verb {
        Verb::Show { slug } => {
            let view = context.client()?.show_profile(&slug).await?;
            context.output.one(&view, || lines(context.lang, &view))
        }
        Verb::Set { slug, file, write } => set(context, &slug, &file, &write).await,
    }
}

async fn set(context: &Context, slug: &str, file: &Path, write: &Write) -> Result<(), Failure> {
    let lang = context.lang;
    let draft: ProfileDraft = json(context, file)?;
    let client = context.client()?;
    let before = client.show_profile(slug).await?;
    if write.dry_run {
        let words = if before.may_change {
            lang.pick("可以填写；内容在保存时核对", "it can be written; what it says is checked then")
        } else {
            profile_refusal(lang, ronghe_domain::profile::Refusal::NotItsPeople)
        };
        done(context, &format!("{slug}{}{words}", colon(lang)));
        return Ok(());
    }
    write
        .confirm
        .ask(context, &format!("{slug}{}{}", colon(lang), lang.pick("保存画像？", "write the profile?")))?;
    let view = client.set_profile(slug, &before.version, &draft).await?;
    context.output.one(&view, || lines(lang, &view))?;
    done(context, &format!("{slug}{}{}", colon(lang), lang.pick("已保存", "saved")));
    Ok(())
}

fn lines(lang: Lang, view: &ProfileView) -> Vec<String> {
    let mut lines = vec![lang.pick(&view.university.name, &view.university.name_en).to_owned()];
    if view.changed_at.is_none() {
        lines.push(lang.pick("还没有填写", "nothing is written yet").to_owned());
        return lines;
    }
    let joined = |words: Vec<&str>| words.join(comma(lang));
    let disciplines =
        view.disciplines.iter().map(|it| format!("{} {}", it.code, lang.pick(&it.name, &it.name_en)));
    let disciplines = disciplines.collect::<Vec<_>>().join(comma(lang));
    lines.push(format!("{}  {disciplines}", lang.pick("学科", "Disciplines")));
    lines.extend(view.measures.iter().map(|it| format!("{}. {}", it.seq, it.title)));
    let forms = joined(view.forms.iter().map(|it| form(lang, *it)).collect());
    lines.push(format!("{}  {forms}", lang.pick("合作形式", "Forms")));
    let stages = joined(view.stages.iter().map(|it| stage(lang, *it)).collect());
    lines.push(format!("{}  {stages}", lang.pick("学段", "School stages")));
    lines.push(view.strengths.clone());
    lines
}
