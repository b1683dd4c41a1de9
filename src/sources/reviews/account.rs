//! An account on a platform: what it is called there, and what kind of actor it is.

use crate::facts::review::Actor;
use crate::sources::Identities;
use crate::sources::attribution::{LoginClass, Registry};

/// What GitHub and GitLab show for accounts that no longer exist (on gitlab.com with a number behind it,
/// <https://www.rubydoc.info/gems/gitlab-username_bot_identifier/Gitlab/UsernameBotIdentifier>).
const GONE: [&str; 2] = ["ghost", "ghost1"];

/// An account.
pub(super) struct Account {
    /// Logins and addresses that the platform says are one account; never empty.
    identities: Vec<String>,
    class: LoginClass,
}

impl Account {
    /// An account on GitHub: the number that it keeps when it is renamed, and what the export says about its being an app's.
    pub(super) fn github(login: &str, id: Option<u64>, app: Option<bool>) -> Option<Self> {
        let registry = Registry::builtin();
        let by_id = id.map(|id| registry.classify("", &format!("{id}+{login}@users.noreply.github.com")));
        let known = by_id.filter(|class| *class != LoginClass::Human);
        Self::classed(&[login], known.unwrap_or_else(|| registry.classify_github(login, app)))
    }

    /// An account elsewhere, by its name, its login and its address, any of which may be empty.
    pub(super) fn elsewhere(name: &str, login: &str, address: &str) -> Option<Self> {
        let registry = Registry::builtin();
        let known = [registry.classify(name, address), registry.classify("", login)];
        let class = known.into_iter().find(|class| *class != LoginClass::Human);
        Self::classed(&[address, login], class.unwrap_or_else(|| by_slug(login)))
    }

    fn classed(identities: &[&str], class: LoginClass) -> Option<Self> {
        let identities = identities.iter().map(|identity| identity.trim()).filter(|identity| !identity.is_empty());
        let identities: Vec<String> = identities.map(str::to_owned).collect();
        (!identities.is_empty() && !GONE.contains(&identities[0].as_str())).then_some(Self { identities, class })
    }

    /// The same account, which its platform or the export's author says is no person. An AI tool stays one.
    pub(super) fn automated(mut self) -> Self {
        if self.class == LoginClass::Human {
            self.class = LoginClass::Automation;
        }
        self
    }

    /// The same account, which the export's author says is an AI tool.
    pub(super) fn ai(mut self) -> Self {
        self.class = LoginClass::Ai;
        self
    }

    /// Whether two accounts are one.
    pub(super) fn is(&self, other: &Self) -> bool {
        self.identities.iter().any(|own| other.identities.iter().any(|identity| own.eq_ignore_ascii_case(identity)))
    }

    /// Its class, with the accounts of agents that the plan adds to what is shipped.
    fn class_by(&self, registry: &Registry) -> LoginClass {
        let own = self.identities.iter().any(|identity| registry.classify("", identity) == LoginClass::Ai);
        if self.class == LoginClass::Human && own { LoginClass::Ai } else { self.class }
    }

    /// Joins what the platform says is one account.
    pub(super) fn join(&self, registry: &Registry, ids: &mut Identities) {
        if let (LoginClass::Human, [address, login]) = (self.class_by(registry), self.identities.as_slice()) {
            ids.alias(&[address, login]);
        }
    }
}

/// Outside GitHub nobody keeps the names of apps apart from those of people. A name of several words or one that ends in
/// `ai` is nobody's by chance; `claude`, `cursor` and `copilot` may be anybody's.
fn by_slug(login: &str) -> LoginClass {
    if login.contains('-') || login.to_ascii_lowercase().ends_with("ai") {
        return Registry::builtin().classify_github(login, None);
    }
    LoginClass::Human
}

/// Who acted.
pub(super) fn actor(account: Option<&Account>, registry: &Registry, ids: &mut Identities) -> Actor {
    let Some(account) = account else { return Actor::Unknown };
    match account.class_by(registry) {
        LoginClass::Human => Actor::Human(ids.person(&account.identities[0])),
        LoginClass::Ai => Actor::Ai,
        LoginClass::Automation | LoginClass::Platform => Actor::Automation,
    }
}
