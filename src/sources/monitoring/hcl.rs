//! Terraform text with lines.

use hcl_edit::expr::Expression;
use hcl_edit::structure::{Attribute, Block, Body};
use hcl_edit::{Ident, Span};

use super::tree::Failure;
use crate::error::line_column;
use crate::facts::input::RefusalReason;

/// Terraform files larger than this are generated or hostile.
const LARGEST: usize = 8 << 20;

/// Parses a file.
pub(super) fn parse(text: &str) -> Result<Body, Failure> {
    if text.len() > LARGEST {
        return Err((RefusalReason::TooLarge, None, format!("{} bytes, the limit is {LARGEST}", text.len())));
    }
    hcl_edit::parser::parse_body(text).map_err(|error| {
        let line = u64::try_from(error.location().line()).ok();
        if error.message().contains("nest") {
            (RefusalReason::TooLarge, line, "nested deeper than the parser's limit".into())
        } else {
            (RefusalReason::Unreadable, line, "not valid HCL".into())
        }
    })
}

/// Line of an attribute.
pub(super) fn line(text: &str, attribute: &Attribute) -> Option<u32> {
    at(text, attribute.key.span().or_else(|| attribute.span()))
}

/// Line of a block's first word.
pub(super) fn block_line(text: &str, block: &Block) -> Option<u32> {
    at(text, block.ident.span().or_else(|| block.span()))
}

/// Line of an expression.
pub(super) fn expression_line(text: &str, expression: &Expression) -> Option<u32> {
    at(text, expression.span())
}

fn at(text: &str, span: Option<std::ops::Range<usize>>) -> Option<u32> {
    u32::try_from(line_column(text, span?.start).0).ok()
}

/// A number written out.
pub(super) fn number(expression: &Expression) -> Option<f64> {
    match expression {
        Expression::Number(number) => number.as_f64(),
        Expression::String(text) => text.parse().ok(),
        Expression::Parenthesis(inner) => number(inner.inner()),
        _ => None,
    }
}

/// The first two steps of a reference: `aws_cloudwatch_log_group.trail` of `aws_cloudwatch_log_group.trail.arn`.
pub(super) fn reference(expression: &Expression) -> Option<String> {
    use hcl_edit::expr::TraversalOperator;
    match expression {
        Expression::Traversal(traversal) => {
            let first = traversal.expr.as_variable().map(Ident::as_str)?;
            let second = traversal.operators.first()?;
            let TraversalOperator::GetAttr(second) = second.value() else { return None };
            Some(format!("{first}.{}", second.as_str()))
        }
        Expression::StringTemplate(template) => template.iter().find_map(|element| match element {
            hcl_edit::template::Element::Interpolation(inner) => reference(&inner.expr),
            _ => None,
        }),
        _ => None,
    }
}
