/** Rules of a gate that contradict each other, or have no gate to rule. */
import { approvalSchema, namesIn, requirementProblem } from '../approval.ts';
import { countedTwice } from '../counted-twice.ts';
import { repeatedCriterion } from '../criteria.ts';
import type { Finding } from '../finding.ts';
import { didYouMean, oneOf, quote } from '../quote.ts';
import { readTimeouts, timeoutsSchema } from '../timeouts.ts';
import type { Check } from './check.ts';

/** `approval` and `timeouts` need a gate; an explicit gate is passed by no timer; whoever is told must be named. */
export const gateRules: Check = function* ({ stages }) {
  for (const { gate, approvers, path, fields } of stages) {
    for (const field of ['approval', 'timeouts']) {
      if (gate !== undefined || fields[field] == null || fields[field] === 'off') continue;
      const message = `${quote(field)} without an \`approval_gate\``;
      const hint = 'name the gate, or leave it out';
      yield { code: 'rules-without-gate', message, hint, path: [...path, field], on: 'key' };
    }
    // What has the wrong shape is a problem of its own already.
    const approval = approvalSchema.safeParse(fields['approval']).data;
    const timeouts = readTimeouts(timeoutsSchema.safeParse(fields['timeouts']).data);
    const wrong = requirementProblem(
      approval?.require,
      approvers.map(({ name }) => name),
    );
    const at = (...inner: readonly string[]): Pick<Finding, 'path' | 'on'> => ({
      path: [...path, ...inner],
      on: 'value',
    });
    if (wrong !== undefined) {
      const message = `\`require\` ${wrong}`;
      yield { code: 'bad-value', message, hint: 'nobody could pass the gate', ...at('approval', 'require') };
    }
    const { require: tree } = approval ?? {};
    const twice = typeof tree === 'object' && tree !== null ? countedTwice(tree) : undefined;
    if (twice !== undefined) {
      const message = `\`require\` counts ${quote(twice)} twice`;
      const hint = 'one approval would fill both: name somebody else, or ask for fewer';
      yield { code: 'bad-value', message, hint, ...at('approval', 'require') };
    }
    const explicit = approval?.explicit_only ?? approval?.class === 'production';
    if (explicit && timeouts?.approveAfter !== undefined) {
      const message = 'this gate is explicit: no timer may pass it';
      yield { code: 'bad-value', message, hint: 'use `auto_reject_after`', ...at('timeouts') };
    }
    if (timeouts?.widenAfter !== undefined && timeouts.widenTo === undefined) {
      const message = '`widen_after` without `widen_to`';
      yield {
        code: 'missing-field',
        message,
        hint: 'name the role that may approve then',
        ...at('timeouts'),
      };
    }
  }
};

/** `waivers` need something to waive, no criterion stands twice, and only approvers have paths. */
export const criteriaRules: Check = function* ({ stages }) {
  for (const { approvers, path, fields } of stages) {
    const approval = approvalSchema.safeParse(fields['approval']).data;
    if (approval?.waivers != null && approval.criteria == null) {
      const message = '`waivers` without `criteria`';
      const hint = 'say what must be ticked, or leave it out';
      yield { code: 'missing-field', message, hint, path: [...path, 'approval', 'waivers'], on: 'key' };
    }
    const { require: required } = approval ?? {};
    const tree = typeof required === 'object' && required !== null ? namesIn(required) : [];
    const asked = [...approvers.map(({ name }) => name), ...tree];
    for (const role of Object.keys(approval?.paths ?? {})) {
      if (asked.includes(role)) continue;
      const message = `${quote(role)} is no approver of this gate`;
      const hint = didYouMean(role, asked, `approvers: ${oneOf(asked)}`);
      yield {
        code: 'unknown-role',
        message,
        ...hint,
        path: [...path, 'approval', 'paths', role],
        on: 'key',
      };
    }
    const twice = repeatedCriterion(approval?.criteria ?? []);
    if (twice !== undefined) {
      const message = 'this criterion stands there twice';
      const at = [...path, 'approval', 'criteria', twice];
      yield { code: 'bad-value', message, hint: 'keep one', path: at, on: 'value' };
    }
  }
};

/** Stages named in `distinct_from` that are none, or the stage itself. */
export const distinctStages: Check = function* ({ stages }) {
  const keys = stages.flatMap(({ key }) => (key === undefined ? [] : [key.name]));
  for (const { key, distinctFrom } of stages) {
    for (const { name, path } of distinctFrom) {
      if (keys.includes(name) && name !== key?.name) continue;
      const itself = name === key?.name;
      const message = itself
        ? 'a stage cannot be kept apart from itself'
        : `no stage is called ${quote(name)}`;
      const hint = itself ? { hint: 'leave it out' } : didYouMean(name, keys, `stages: ${oneOf(keys)}`);
      yield { code: 'unknown-stage', message, ...hint, path, on: 'value' };
    }
  }
};
