//! 待办.

use crate::{Client, Error};
use ronghe_contract::Page;
use ronghe_contract::task::TaskView;

/// Operations on tasks.
impl Client {
    /// What waits for the caller, and on whom they wait.
    ///
    /// # Errors
    /// 401 for the public.
    pub async fn list_tasks(&self) -> Result<Page<TaskView>, Error> {
        self.get(&["tasks"]).await
    }
}
