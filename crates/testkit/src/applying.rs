//! What tests of applications stand on: applications that others do not see.

use ronghe_app::App;
use ronghe_domain::application::{Application, ApplicationDraft, State};
use ronghe_domain::kernel::{ApplicationId, Version};
use ronghe_domain::need::Name;
use ronghe_domain::need::rules::Scope;
use ronghe_store::{Envelope, Error};

/// Lies there as it is: none of those who ask opens it.
struct Bare;

impl Envelope for Bare {
    fn seal(&self, text: &str) -> Result<String, Error> {
        Ok(text.to_owned())
    }

    fn open(&self, sealed: &str) -> Result<String, Error> {
        Ok(sealed.to_owned())
    }
}

/// A draft of `university` for the need of this name, which nobody else sees; what it is called.
pub async fn hidden_application(app: &App, university: &str, need: &str) -> String {
    let db = app.db();
    let register = app.register().await.expect("the register");
    let university = register.directory.org_by_slug(university).expect("a university").id;
    let number = Name::parse(need).expect("a name of a need");
    let need = ronghe_store::need::get(db.reader(), &[Scope::All], number).await.expect("a need");
    let draft = Application {
        id: ApplicationId(uuid::Uuid::from_u128(77)),
        cycle: need.cycle,
        cycle_name: need.year.to_string(),
        seq: None,
        need: need.id,
        university,
        state: State::Draft,
        draft: ApplicationDraft::default(),
        content: None,
        submissions: 0,
        members: Vec::new(),
        writers: Vec::new(),
        returned: None,
        changed_at: app.now(),
        submitted_at: None,
        opened_at: None,
        accepted_at: None,
        version: Version::FIRST,
    };
    let tx = db.begin().await.expect("a transaction");
    ronghe_store::application::insert(&tx, &Bare, &draft).await.expect("an application");
    tx.commit().await.expect("a commit");
    draft.name().to_string()
}
