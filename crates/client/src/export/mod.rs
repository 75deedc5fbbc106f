//! Lists that are taken out in the background.

use crate::{Client, Error, ExportNeeds};
use ronghe_contract::export::{AskExport, ExportView};
use ronghe_domain::export::Form;
use ronghe_domain::kernel::ExportId;

impl ExportNeeds {
    /// The same, to be asked for in the background.
    #[must_use]
    pub fn later(&self) -> AskExport {
        let form = if self.format == Form::Csv.name() { Form::Csv } else { Form::Xlsx };
        let list = &self.list;
        let all = [
            ("q", &list.q),
            ("year", &list.year),
            ("state", &list.state),
            ("unit", &list.unit),
            ("district", &list.district),
            ("measure", &list.measure),
            ("sort", &list.sort),
        ];
        let given = all.into_iter().filter(|(_, value)| !value.is_empty());
        AskExport { form, filters: given.map(|(name, value)| (name.to_owned(), value.clone())).collect() }
    }
}

/// Operations on exports.
impl Client {
    /// The exports of the caller, last asked for first.
    ///
    /// # Errors
    /// 401 for the public.
    pub async fn list_exports(&self) -> Result<Vec<ExportView>, Error> {
        self.get(&["exports"]).await
    }

    /// Asks for a list in the background: a message comes when its file is ready.
    ///
    /// # Errors
    /// 409 where the caller keeps as many as there may be, 422 for filters that are none, 429 after ten exports within
    /// an hour.
    pub async fn ask_export(&self, ask: &AskExport) -> Result<ExportView, Error> {
        self.post(&["exports"], ask).await
    }

    /// One export of the caller.
    ///
    /// # Errors
    /// 404 where it is none of theirs.
    pub async fn show_export(&self, id: ExportId) -> Result<ExportView, Error> {
        self.get(&["exports", &id.to_string()]).await
    }

    /// Its file.
    ///
    /// # Errors
    /// 404 where it is none of theirs, 409 where there is no file, or none any more.
    pub async fn download_export(&self, id: ExportId) -> Result<Vec<u8>, Error> {
        self.bytes_of(&["exports", &id.to_string(), "file"], &()).await
    }

    /// Takes it away, with its file.
    ///
    /// # Errors
    /// 404 where it is none of theirs.
    pub async fn delete_export(&self, id: ExportId) -> Result<(), Error> {
        self.delete(&["exports", &id.to_string()]).await
    }
}
