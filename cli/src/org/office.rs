//! `ronghe office` and `ronghe organisation`.

use crate::context::Context;
use crate::exit::Failure;
use crate::list::{self, Narrow};
use crate::output::Column;
use crate::write::{Confirm, Write, change, tried};
use clap::Subcommand;
use ronghe_client::ListOrganisations;
use ronghe_contract::measure::LeadingGroupView;
use ronghe_contract::org::{OrgRef, OrgView, Reveal};
use ronghe_domain::org::{Action, Contact, UniversityFacts};
use ronghe_text::{
    Lang, affiliation, colon, comma, mark, org_action, org_kind, org_refusal, place, post, university_kind,
};
use std::path::PathBuf;

/// Kinds that measures make responsible.
const OFFICES: &str = "office,institution,district";

#[derive(Subcommand)]
pub(crate) enum Verb {
    /// Offices, institutions and district bureaus, or organisations of other kinds.
    List {
        /// Kinds, separated by commas: bureau, office, institution, district, municipal_school, school,
        /// university.
        #[arg(long, default_value = OFFICES)]
        kind: String,
        /// Words in one of its names.
        #[arg(long, default_value = "")]
        search: String,
        #[command(flatten)]
        narrow: Narrow,
    },
    /// One office, and the measures that name it.
    Show {
        /// Its name in addresses, such as basic-education.
        slug: String,
    },
    /// The leading group and its members.
    LeadingGroup,
}

#[derive(Subcommand)]
pub(crate) enum AnyKind {
    /// Organisations in the order of their kinds.
    List {
        /// Kinds, separated by commas: bureau, office, institution, district, municipal_school, school,
        /// university.
        #[arg(long, default_value = "")]
        kind: String,
        /// Words in one of its names.
        #[arg(long, default_value = "")]
        search: String,
        #[command(flatten)]
        narrow: Narrow,
    },
    /// One organisation, and the measures that name it.
    Show {
        /// Its name in addresses.
        slug: String,
    },
    /// Show whom to call with the telephones whole; the reason is kept.
    Reveal {
        /// Its name in addresses.
        slug: String,
        /// Why you need them: it stands in the audit chain.
        #[arg(long)]
        reason: String,
        #[command(flatten)]
        write: Write,
    },
    /// Make an organisation, for system administrators.
    Create {
        /// The organisation as JSON; `-` for standard input.
        #[arg(long)]
        file: PathBuf,
        #[command(flatten)]
        confirm: Confirm,
    },
    /// What a university offers to schools, in its own words.
    #[command(subcommand)]
    Profile(super::profile::Verb),
    /// Make the organisations of an .xlsx table, all or none.
    Import {
        /// The table, filled in.
        file: PathBuf,
        #[command(flatten)]
        write: Write,
    },
    /// Write an empty .xlsx table for organisations.
    Template {
        /// Where it is written.
        file: PathBuf,
    },
    /// Change an organisation, for system administrators.
    Edit {
        /// Its name in addresses.
        slug: String,
        /// The organisation as JSON; `-` for standard input.
        #[arg(long)]
        file: PathBuf,
        #[command(flatten)]
        confirm: Confirm,
    },
}

/// Columns of organisations.
pub(crate) const COLUMNS: &[Column] = &[
    Column { name: "slug", zh: "地址名", en: "Slug" },
    Column { name: "name", zh: "名称", en: "Name" },
    Column { name: "kind", zh: "类别", en: "Kind" },
];

/// Runs a verb of `office`.
pub(crate) async fn run(context: &Context, verb: Verb) -> Result<(), Failure> {
    match verb {
        Verb::List { kind, search, narrow } => rows(context, kind, search, &narrow).await,
        Verb::Show { slug } => one(context, &slug).await,
        Verb::LeadingGroup => {
            let group = context.client()?.show_leading_group().await?;
            context.output.one(&group, || leading_group(context.lang, &group))
        }
    }
}

/// Runs a verb of `organisation`.
pub(crate) async fn run_any(context: &Context, verb: AnyKind) -> Result<(), Failure> {
    match verb {
        AnyKind::List { kind, search, narrow } => rows(context, kind, search, &narrow).await,
        AnyKind::Show { slug } => one(context, &slug).await,
        AnyKind::Reveal { slug, reason, write } => reveal(context, &slug, reason, &write).await,
        AnyKind::Create { file, confirm } => super::write::create(context, &file, &confirm).await,
        AnyKind::Profile(verb) => super::profile::run(context, verb).await,
        AnyKind::Import { file, write } => super::import::import(context, &file, &write).await,
        AnyKind::Template { file } => super::import::template(context, &file).await,
        AnyKind::Edit { slug, file, confirm } => super::write::edit(context, &slug, &file, &confirm).await,
    }
}

/// Cells of a row of organisations.
pub(crate) fn cells(lang: Lang, row: &OrgRef) -> Vec<String> {
    let name = lang.pick(&row.name, &row.name_en);
    vec![row.slug.clone(), name.to_owned(), org_kind(lang, row.kind).to_owned()]
}

async fn rows(context: &Context, kind: String, search: String, narrow: &Narrow) -> Result<(), Failure> {
    let client = context.client()?;
    let mut query = ListOrganisations { q: search, kind, ..ListOrganisations::default() };
    narrow.fill(
        context.lang,
        &mut [("kind", &mut query.kind), ("q", &mut query.q), ("parent", &mut query.parent)],
    )?;
    let found = narrow
        .collect(async |after| client.list_organisations(&ListOrganisations { after, ..query.clone() }).await)
        .await?;
    list::show(context, COLUMNS, &found, |row| cells(context.lang, row))
}

async fn one(context: &Context, slug: &str) -> Result<(), Failure> {
    let view = context.client()?.show_organisation(slug).await?;
    context.output.one(&view, || lines(context.lang, &view))
}

/// Shows telephones whole.
async fn reveal(context: &Context, slug: &str, reason: String, write: &Write) -> Result<(), Failure> {
    let lang = context.lang;
    let client = context.client()?;
    if write.dry_run {
        let view = client.show_organisation(slug).await?;
        let words = org_action(lang, Action::Reveal);
        return tried(context, &view.offers, &Action::Reveal, slug, words, |refusal| {
            org_refusal(lang, *refusal).to_owned()
        });
    }
    let kept = lang.pick("显示电话？原因会记录下来", "reveal the telephones? The reason is kept");
    write.confirm.ask(context, &format!("{slug}{}{kept}", colon(lang)))?;
    let body = Reveal { reason };
    let view = change(&client, async |client| client.reveal_organisation(slug, &body).await).await?;
    context.output.one(&view, || view.contacts.iter().map(|contact| whom(lang, contact)).collect())
}

/// Whom to call, in a line.
fn whom(lang: Lang, contact: &Contact) -> String {
    let words = [post(lang, contact.post), &contact.name, &contact.title, &contact.phone];
    words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join("  ")
}

/// An organisation in lines.
pub(super) fn lines(lang: Lang, view: &OrgView) -> Vec<String> {
    let mut lines = vec![format!("{}  {}", lang.pick(&view.name, &view.name_en), org_kind(lang, view.kind))];
    if let Some(parent) = &view.parent {
        lines.push(format!("{}  {}", lang.pick("上级", "Under"), lang.pick(&parent.name, &parent.name_en)));
    }
    if !view.aliases.is_empty() {
        let aliases = view.aliases.join(comma(lang));
        lines.push(format!("{}  {aliases}", lang.pick("简称与别名", "Also called")));
    }
    if let Some(seat) = view.leading_group_seat {
        lines.push(format!("{}  {seat}", lang.pick("领导小组名单", "Leading group, number")));
    }
    if let Some(facts) = &view.university {
        lines.push(university(lang, facts));
    }
    lines.extend(view.contacts.iter().map(|contact| whom(lang, contact)));
    for measure in &view.responsible_for {
        let number = measure.doc_number.as_deref().unwrap_or(&measure.policy);
        let through = measure.through.as_ref().map(|group| format!("  ← {group}")).unwrap_or_default();
        lines.push(format!("{number}  {}. {}{through}", measure.seq, measure.title));
    }
    lines
}

/// What only universities have, in a line.
pub(super) fn university(lang: Lang, facts: &UniversityFacts) -> String {
    let mut words = vec![
        place(lang, facts.place),
        affiliation(lang, facts.affiliation),
        university_kind(lang, facts.kind),
    ];
    words.extend(facts.marks.iter().map(|one| mark(lang, one.kind)));
    words.join(" · ")
}

fn leading_group(lang: Lang, view: &LeadingGroupView) -> Vec<String> {
    let name = |org: &OrgRef| lang.pick(&org.name, &org.name_en).to_owned();
    let mut lines = vec![
        format!("{}  {}", lang.pick("组长", "Head"), view.leader),
        format!("{}  {}", lang.pick("副组长", "Deputies"), view.deputies),
    ];
    if let Some(office) = &view.office {
        lines.push(format!("{}  {}", lang.pick("办公室", "Office"), name(office)));
    }
    lines.push(lang.pick("成员单位", "Members").to_owned());
    lines.extend(view.members.iter().map(|org| format!("  {}", name(org))));
    lines
}
