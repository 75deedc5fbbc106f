//! Organisations from a table: nothing is written unless every row holds.

use crate::files::table::{self, Field, Line, listed, named};
use crate::unit::Tx;
use crate::{App, Caller, Error};
use ronghe_domain::account::Scope;
use ronghe_domain::audit;
use ronghe_domain::kernel::{FieldError, FieldProblem, OrgId, Version};
use ronghe_domain::org::{
    Affiliation, Contact, Directory, Mark, MarkKind, OrgDraft, OrgKind, Organisation, Place, Post,
    UniversityFacts, UniversityKind, rules,
};
use ronghe_store as store;
use ronghe_text::{Lang, affiliation, mark, org_kind, place, university_kind};

/// What an import gives: organisations in the order of their rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// They were made; for a preview they would be.
    pub written: bool,
    pub orgs: Vec<Organisation>,
}

/// An empty table for organisations.
///
/// # Errors
/// `AdministratorOnly` for all but administrators.
pub fn template(caller: &Caller, lang: Lang) -> Result<Vec<u8>, Error> {
    rules::may_administer(&caller.actor).map_err(Error::refused)?;
    table::template(lang, lang.pick("单位", "Organisations"), FIELDS, &[])
}

/// Checks a table of organisations and, unless it is a preview, makes them all in one transaction.
///
/// # Errors
/// Where the caller is no administrator, the file cannot be read, or cells do not hold (`F14.parent`).
pub async fn import(app: &App, caller: &Caller, bytes: Vec<u8>, preview: bool) -> Result<Imported, Error> {
    caller.needs(Scope::WriteAccount)?;
    rules::may_administer(&caller.actor).map_err(Error::refused)?;
    if !preview {
        app.fresh(caller)?;
    }
    let lines = table::read(app, bytes, FIELDS).await?;
    let done = app
        .write_much(caller, |tx: Tx| {
            let lines = &lines;
            async move {
                tx.unhurried().await?;
                let orgs = checked(&tx, lines, store::org::directory(tx.db(), tx.sealer()).await?)?;
                if !preview {
                    for org in &orgs {
                        store::org::insert(tx.db(), tx.sealer(), org).await?;
                        tx.created(audit::Action::Create, org);
                    }
                }
                Ok(Imported { written: !preview, orgs })
            }
        })
        .await?;
    if done.written {
        app.register_changed().await;
    }
    Ok(done)
}

/// Each row checked against the directory and the rows above it, so that a parent may be one of them and no
/// name stands twice. Costs rows × organisations.
fn checked(tx: &Tx, lines: &[Line<Row>], mut directory: Directory) -> Result<Vec<Organisation>, Error> {
    let known = directory.orgs.len();
    let mut errors = Vec::new();
    for line in lines {
        let id = OrgId(tx.new_id());
        let (draft, mut found) = line.draft.read();
        let org = match draft.check(&directory, None) {
            Ok(org) => Organisation { id, ..org },
            Err(wrong) => {
                found.extend(wrong.into_iter().filter_map(by_column));
                stand_in(id, draft)
            }
        };
        errors.extend(line.placed(found));
        directory.orgs.push(org);
    }
    if errors.is_empty() { Ok(directory.orgs.split_off(known)) } else { Err(Error::Invalid(errors)) }
}

/// Holds the place of a row that does not hold: its error is told there, and not again at every row below
/// that names it.
fn stand_in(id: OrgId, draft: OrgDraft) -> Organisation {
    Organisation {
        id,
        slug: draft.slug.trim().to_owned(),
        // Whatever can stand below some kind can stand below a district's bureau.
        kind: draft.kind.unwrap_or(OrgKind::District),
        name: draft.name.trim().to_owned(),
        name_en: String::new(),
        aliases: draft.aliases,
        parent: None,
        leading_group_seat: None,
        since: None,
        until: None,
        position: 0,
        university: None,
        contacts: Vec::new(),
        sign_off: Vec::new(),
        version: Version::FIRST,
    }
}

/// An error of the draft, by the column that its field comes from.
fn by_column(error: FieldError) -> Option<FieldError> {
    let path = match error.path.as_str() {
        // Said by the cells of the university, one by one.
        "university" => return None,
        "contacts[0].name" => "contact_name".to_owned(),
        "contacts[0].phone" => "contact_phone".to_owned(),
        _ => error.path,
    };
    Some(FieldError::new(path, error.problem))
}

/// A row as its cells say it.
#[derive(Default)]
struct Row {
    org: OrgDraft,
    contact_name: String,
    contact_phone: String,
    place: Option<Place>,
    affiliation: Option<Affiliation>,
    kind: Option<UniversityKind>,
    marks: Vec<MarkKind>,
}

impl Row {
    /// The draft, and what does not hold of what only universities have.
    fn read(&self) -> (OrgDraft, Vec<FieldError>) {
        let has_contact = !self.contact_name.is_empty() || !self.contact_phone.is_empty();
        let contact = has_contact.then(|| Contact {
            post: Post::Contact,
            name: self.contact_name.clone(),
            title: String::new(),
            phone: self.contact_phone.clone(),
        });
        let draft = OrgDraft {
            university: self.facts(),
            contacts: contact.into_iter().collect(),
            ..self.org.clone()
        };
        (draft, self.wrong_facts())
    }

    fn facts(&self) -> Option<UniversityFacts> {
        let is_university = self.org.kind == Some(OrgKind::University);
        let (place, affiliation, kind) = (self.place?, self.affiliation?, self.kind?);
        let marks = self.marks.iter().map(|kind| Mark { kind: *kind, since: None, until: None }).collect();
        is_university.then_some(UniversityFacts { place, affiliation, kind, marks })
    }

    fn wrong_facts(&self) -> Vec<FieldError> {
        let needed = [
            ("place", self.place.is_some()),
            ("affiliation", self.affiliation.is_some()),
            ("university_kind", self.kind.is_some()),
        ];
        match self.org.kind {
            Some(OrgKind::University) => {
                let missing = needed.into_iter().filter(|(_, is_given)| !is_given);
                missing.map(|(key, _)| FieldError::required(key)).collect()
            }
            Some(_) => {
                let given = needed.into_iter().chain([("marks", !self.marks.is_empty())]);
                let given = given.filter(|(_, is_given)| *is_given);
                given
                    .map(|(key, _)| FieldError::new(key, FieldProblem::DoesNotFit { other: "kind".into() }))
                    .collect()
            }
            None => Vec::new(),
        }
    }
}

/// A column of plain words.
const fn words(
    key: &'static str,
    title: (&'static str, &'static str),
    width: u16,
    hint: (&'static str, &'static str),
    put: fn(&mut Row, &str) -> Result<(), FieldProblem>,
) -> Field<Row> {
    Field { key, title, needed: false, width, hint, choices: |_| Vec::new(), put }
}

const FOR_UNIVERSITIES: (&str, &str) = ("高校必填，其他单位不填", "For universities, and only for them");

const FIELDS: &[Field<Row>] = &[
    Field {
        needed: true,
        ..words(
            "slug",
            ("地址名", "Name in addresses"),
            18,
            (
                "小写字母、数字和连字符，如 yanliu；以后不能改",
                "Lower-case letters, figures and hyphens, such as yanliu; it cannot be changed later",
            ),
            |row, cell| {
                row.org.slug = cell.to_owned();
                Ok(())
            },
        )
    },
    Field {
        key: "kind",
        title: ("类别", "Kind"),
        needed: true,
        width: 16,
        hint: ("选一类", "Choose one"),
        choices: |lang| OrgKind::ALL.map(|one| org_kind(lang, one).to_owned()).to_vec(),
        put: |row, cell| {
            row.org.kind = Some(named(cell, &OrgKind::ALL, org_kind)?);
            Ok(())
        },
    },
    Field {
        needed: true,
        ..words(
            "name",
            ("全称", "Official name"),
            32,
            ("全称，最多 80 字", "The official name, at most 80 characters"),
            |row, cell| {
                row.org.name = cell.to_owned();
                Ok(())
            },
        )
    },
    words(
        "name_en",
        ("英文名称", "English name"),
        32,
        ("不填则用全称", "The official name where empty"),
        |row, cell| {
            row.org.name_en = cell.to_owned();
            Ok(())
        },
    ),
    words(
        "aliases",
        ("简称与别名", "Short names"),
        24,
        ("一个或几个，用顿号分开", "One or several, separated by commas"),
        |row, cell| {
            row.org.aliases = listed(cell).map(str::to_owned).collect();
            Ok(())
        },
    ),
    words(
        "parent",
        ("上级单位", "Parent"),
        28,
        (
            "名称、简称或地址名；也可以是本表前面的行；区县学校必填",
            "A name or name in addresses; it may stand in a row above; a district's school needs one",
        ),
        |row, cell| {
            row.org.parent = cell.to_owned();
            Ok(())
        },
    ),
    words(
        "since",
        ("成立日期", "Exists from"),
        14,
        ("如 2026-03-10；一直就有的不填", "Such as 2026-03-10; empty for always"),
        |row, cell| {
            row.org.since = cell.to_owned();
            Ok(())
        },
    ),
    words(
        "contact_name",
        ("联系人", "Contact"),
        14,
        ("联系人姓名", "The contact's name"),
        |row, cell| {
            row.contact_name = cell.to_owned();
            Ok(())
        },
    ),
    words(
        "contact_phone",
        ("联系电话", "Contact's telephone"),
        18,
        ("联系人的电话", "The contact's telephone"),
        |row, cell| {
            row.contact_phone = cell.to_owned();
            Ok(())
        },
    ),
    Field {
        key: "place",
        title: ("所在地", "Place"),
        needed: false,
        width: 12,
        hint: FOR_UNIVERSITIES,
        choices: |lang| Place::ALL.map(|one| place(lang, one).to_owned()).to_vec(),
        put: |row, cell| {
            row.place = Some(named(cell, &Place::ALL, place)?);
            Ok(())
        },
    },
    Field {
        key: "affiliation",
        title: ("隶属", "Affiliation"),
        needed: false,
        width: 12,
        hint: FOR_UNIVERSITIES,
        choices: |lang| Affiliation::ALL.map(|one| affiliation(lang, one).to_owned()).to_vec(),
        put: |row, cell| {
            row.affiliation = Some(named(cell, &Affiliation::ALL, affiliation)?);
            Ok(())
        },
    },
    Field {
        key: "university_kind",
        title: ("高校类型", "Type"),
        needed: false,
        width: 16,
        hint: FOR_UNIVERSITIES,
        choices: |lang| UniversityKind::ALL.map(|one| university_kind(lang, one).to_owned()).to_vec(),
        put: |row, cell| {
            row.kind = Some(named(cell, &UniversityKind::ALL, university_kind)?);
            Ok(())
        },
    },
    Field {
        key: "marks",
        title: ("标签", "Marks"),
        needed: false,
        width: 28,
        hint: (
            "只用于高校；一个或几个，用顿号分开",
            "For universities only; one or several, separated by commas",
        ),
        choices: |lang| MarkKind::ALL.map(|one| mark(lang, one).to_owned()).to_vec(),
        put: |row, cell| {
            for word in listed(cell) {
                let kind = named(word, &MarkKind::ALL, mark)?;
                if row.marks.contains(&kind) {
                    return Err(FieldProblem::Twice { got: word.to_owned() });
                }
                row.marks.push(kind);
            }
            Ok(())
        },
    },
];
