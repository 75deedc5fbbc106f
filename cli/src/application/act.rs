//! Beginning, writing, submitting, taking back, returning and accepting applications.

use super::show;
use crate::context::Context;
use crate::exit::{Failure, done};
use crate::file::json;
use crate::write::{Write, change, tried};
use ronghe_contract::application::{ActOnApplication, ApplicationView, InviteMembers, StartApplication};
use ronghe_domain::application::team::{AwaitedDraft, MemberDraft};
use ronghe_domain::application::{Action, ApplicationDraft, Correction, Duty, Flaw, Section};
use ronghe_domain::sign_off;
use ronghe_text::{Lang, application_action, application_refusal, colon, sign_off_action};
use serde::Serialize;
use std::path::Path;

/// Reads `li=lead`, `li=signatory`, `li=plan,budget`.
pub(super) fn member(text: &str) -> Result<MemberDraft, String> {
    let (login, part) = text.split_once('=').ok_or_else(|| "LOGIN=PART".to_owned())?;
    let login = login.trim().to_owned();
    let (duty, sections) = match part.trim() {
        "lead" => (Duty::Lead, Vec::new()),
        "signatory" => (Duty::Signatory, Vec::new()),
        named => (Duty::Member, named.split(',').map(section).collect::<Result<_, _>>()?),
    };
    Ok(MemberDraft { login, duty, sections })
}

/// Reads `周远:zhou@uni.example=plan,budget`, `周远:zhou@uni.example=signatory`.
pub(super) fn awaited(text: &str) -> Result<AwaitedDraft, String> {
    let form = || "NAME:MAIL=PART".to_owned();
    let (who, part) = text.rsplit_once('=').ok_or_else(form)?;
    let (name, mail) = who.rsplit_once(':').ok_or_else(form)?;
    let MemberDraft { duty, sections, .. } = member(&format!("{mail}={part}"))?;
    Ok(AwaitedDraft { name: name.trim().to_owned(), mail: mail.trim().to_owned(), duty, sections })
}

fn section(name: &str) -> Result<Section, String> {
    Section::named(name.trim()).ok_or_else(|| Section::ALL.map(Section::name).join(", "))
}

/// Reads `plan:beside_need=对应需求的目标`.
pub(super) fn correction(text: &str) -> Result<Correction, String> {
    let (what, remark) = text.split_once('=').ok_or_else(|| "SECTION:FLAW=REMARK".to_owned())?;
    let (name, flaw) = what.split_once(':').ok_or_else(|| "SECTION:FLAW=REMARK".to_owned())?;
    let named = |flaw: &Flaw| name_of(flaw);
    let found = Flaw::ALL.into_iter().find(|known| named(known) == flaw.trim());
    let flaw = found.ok_or_else(|| Flaw::ALL.iter().map(named).collect::<Vec<_>>().join(", "))?;
    Ok(Correction { section: section(name)?, flaw, remark: remark.trim().to_owned() })
}

fn name_of<T: Serialize>(value: &T) -> String {
    serde_json::to_value(value).ok().and_then(|it| it.as_str().map(str::to_owned)).unwrap_or_default()
}

/// Begins an application for a need.
pub(super) async fn create(context: &Context, need: String, write: &Write) -> Result<(), Failure> {
    let lang = context.lang;
    let client = context.client()?;
    if write.dry_run {
        let beginning = client.show_beginning(&need).await?;
        return match beginning.barred {
            Some(refusal) => Err(Failure::input(application_refusal(lang, refusal))),
            None => {
                done(context, lang.pick("可以申报", "it can be applied for"));
                Ok(())
            }
        };
    }
    write.confirm.ask(context, &format!("{need}{}{}", colon(lang), lang.pick("申报？", "apply for it?")))?;
    let body = StartApplication { need };
    let view = change(&client, async |client| client.start_application(&body).await).await?;
    context.output.one(&view, || show::lines(lang, &view))?;
    done(context, &format!("{} {}", lang.pick("已新建", "begun as"), view.row.name));
    Ok(())
}

/// Puts the file's content in place of what is written.
pub(super) async fn edit(context: &Context, name: &str, file: &Path, write: &Write) -> Result<(), Failure> {
    let lang = context.lang;
    let draft: ApplicationDraft = json(context, file)?;
    let client = context.client()?;
    let view = client.show_application(name).await?;
    if write.dry_run {
        return try_out(context, &view, Action::Edit);
    }
    let asked = lang.pick("覆盖现有内容？", "replace what is written?");
    write.confirm.ask(context, &format!("{name}{}{asked}", colon(lang)))?;
    let view = client.save_application(name, &view.version, &draft).await?;
    let left = view.errors.len();
    done(
        context,
        &match lang {
            Lang::Zh => format!("已保存，还有 {left} 处要填写或修改"),
            Lang::En => format!("saved; still to fill in or mend: {left}"),
        },
    );
    Ok(())
}

/// Says who has which part.
pub(super) async fn invite(
    context: &Context,
    name: &str,
    (members, awaited): (Vec<MemberDraft>, Vec<AwaitedDraft>),
    write: &Write,
) -> Result<(), Failure> {
    let lang = context.lang;
    let client = context.client()?;
    let view = client.show_application(name).await?;
    if write.dry_run {
        return try_out(context, &view, Action::Invite);
    }
    write.confirm.ask(
        context,
        &format!("{name}{}{}", colon(lang), lang.pick("更换团队？", "put this team in place?")),
    )?;
    let body = InviteMembers { members, awaited };
    let version = view.version;
    let view = change(&client, async |client| client.invite_members(name, &version, &body).await).await?;
    context.output.one(&view, || show::members(lang, &view))?;
    done(context, &format!("{}{}{}", view.row.name, colon(lang), application_action(lang, Action::Invite)));
    Ok(())
}

/// Does `action` to the application as it stands now.
pub(super) async fn act(
    context: &Context,
    name: &str,
    write: &Write,
    action: ActOnApplication,
) -> Result<(), Failure> {
    let kind = match &action {
        ActOnApplication::Submit => Action::Submit,
        ActOnApplication::Reopen => Action::Reopen,
        ActOnApplication::Withdraw => Action::Withdraw,
        ActOnApplication::Accept => Action::Accept,
        ActOnApplication::Return { .. } => Action::Return,
    };
    let lang = context.lang;
    let client = context.client()?;
    let view = client.show_application(name).await?;
    if write.dry_run {
        return try_out(context, &view, kind);
    }
    let words = match (kind, view.chained) {
        (Action::Submit, true) => sign_off_action(lang, sign_off::Action::Ask),
        _ => application_action(lang, kind),
    };
    write.confirm.ask_about(context, name, words)?;
    let version = view.version;
    let acted = change(&client, async |client| client.act_on_application(name, &version, &action).await);
    let view = acted.await?;
    context.output.one(&view, || show::lines(lang, &view))?;
    let receipt = view.receipt.as_ref().filter(|_| kind == Action::Submit && !view.row.state.is_open());
    let said =
        receipt.map(|it| format!("  {} {}", lang.pick("回执码", "receipt"), it.code)).unwrap_or_default();
    done(context, &format!("{}{}{words}{said}", view.row.name, colon(lang)));
    Ok(())
}

fn try_out(context: &Context, view: &ApplicationView, action: Action) -> Result<(), Failure> {
    let words = application_action(context.lang, action);
    tried(context, &view.offers, &action, &view.row.name, words, |refusal| {
        application_refusal(context.lang, *refusal)
    })
}
