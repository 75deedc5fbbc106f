//! Lists that are taken out in the background.

use crate::{Client, Error, ExportNeeds, ListNeeds};
use ronghe_contract::export::{AskExport, ExportView};
use ronghe_domain::export::Form;
use ronghe_domain::kernel::ExportId;

impl ExportNeeds {
    /// The same, to be asked for in the background.
    ///
    /// # Errors
    /// Where it cannot be put into words.
    pub fn later(&self) -> Result<AskExport, Error> {
        let form = if self.format == Form::Csv.name() { Form::Csv } else { Form::Xlsx };
        let list = ListNeeds { after: String::new(), ..self.list.clone() };
        let filters = serde_json::to_value(list).and_then(serde_json::from_value).map_err(Error::Decode)?;
        Ok(AskExport { form, filters })
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
