//! S11: safety logs are walled off from performance management.

use crate::checks::{Check, Evidence, Finding, Verdict};
use crate::facts::Kind;
use crate::measures::Measures;
use crate::measures::surveillance::firewall::Path;
use crate::message::Message;
use crate::plan::{Plan, SetBy};

pub(in crate::checks) const CHECK: Check = Check { id: "S11", set_by: Some(SetBy::Standard), criteria: &[], judge };

fn judge(measures: &Measures, _plan: &Plan) -> Finding {
    let Some(captures) = measures.captures.known() else { return Finding::unknown(&measures.captures) };
    let figures = ["firewall.paths"];
    let Some(paths) = &captures.paths else { return Finding::lacking(vec![Kind::Register]).figures(&figures) };
    let open = captures.observed.iter().filter(|found| found.capture.open_flow).count();
    let finding = if !paths.is_empty() {
        let ground = Message::new("s11-path").count("count", paths.len());
        Finding::new(Verdict::NotMet).because(ground).evidence(paths.iter().map(place))
    } else if captures.observed.is_empty() {
        Finding::new(Verdict::NoConclusion).because(Message::new("captures-none-found"))
    } else if captures.safety_sources == 0 {
        Finding::lacking(vec![Kind::Register]).because(Message::new("s11-no-source"))
    } else if open > 0 || captures.unread > 0 {
        let ground = Message::new("s11-open").count("open", open).count("unread", captures.unread);
        Finding::lacking(vec![Kind::Monitoring]).because(ground)
    } else {
        Finding::new(Verdict::Met).because(Message::new("s11-no-path"))
    };
    finding.figures(&figures)
}

fn place(path: &Path) -> Evidence {
    let (file, line, pointer) = path.sink.clone();
    let steps: Vec<&str> = path.steps.iter().map(|step| step.place.label()).collect();
    Evidence {
        what: Message::new("s11-evidence").word("source", path.source.as_str()),
        file,
        line: line.map(u64::from),
        pointer,
        text: steps.join(" → "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::sample::finding;
    use crate::facts::capture::{Axes, Flow, Node};
    use crate::facts::register::{DeclaredSource, Register, Selector};
    use crate::facts::sample::{capture, facts};
    use crate::facts::{Capture, Facts};

    fn log_and_board(connected: bool) -> Facts {
        let source = DeclaredSource {
            id: "agent-log".into(),
            selectors: vec![Selector { path: "log.env".into(), key: None }],
            purposes: vec!["local:ai-change-safety".into()],
            ..DeclaredSource::default()
        };
        let axes = Axes { s: Some(3), d: Some(1), x: Some(2), ..Axes::default() };
        let board = Capture { axes, ..capture("board.json", "capture-per-person-view") };
        let flow = Flow {
            from: Node::File("log.env".into()),
            to: Node::File("board.json".into()),
            file: "log.env".into(),
            line: Some(2),
            pointer: None,
            declared: false,
        };
        Facts {
            captures: vec![capture("log.env", "capture-tool-use"), board],
            flows: if connected { vec![flow] } else { Vec::new() },
            register: Some(Register { sources: vec![source], ..Register::default() }),
            ..facts(&[Kind::Monitoring, Kind::Register])
        }
    }

    #[test]
    fn a_way_through_is_not_met_and_shows_its_steps() {
        let found = finding("S11", &log_and_board(true));
        assert_eq!((found.verdict, found.evidence[0].text.as_str()), (Verdict::NotMet, "log.env → board.json"));
    }

    #[test]
    fn no_way_through_closed_flows_is_met() {
        assert_eq!(finding("S11", &log_and_board(false)).verdict, Verdict::Met);
    }

    #[test]
    fn a_register_that_walls_nothing_off_shows_no_wall() {
        let mut facts = log_and_board(false);
        facts.register.as_mut().unwrap().sources[0].purposes.clear();
        assert_eq!(finding("S11", &facts).needs, [Kind::Register]);
    }

    #[test]
    fn a_flow_whose_end_is_not_in_the_audit_is_no_conclusion() {
        let mut facts = log_and_board(false);
        facts.captures[0].open_flow = true;
        assert_eq!(finding("S11", &facts).needs, [Kind::Monitoring]);
        facts.register = None;
        assert_eq!(finding("S11", &facts).needs, [Kind::Register]);
    }
}
