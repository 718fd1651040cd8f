/** The stock workflows against the tables they were specified by (requirements, Appendix B). */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { heldBy, kindsOf } from '../../../src/core/epic/hold.ts';
import type { WorkflowDefinition } from '../../../src/core/workflow/definition.ts';
import { parseWorkflow } from '../../../src/core/workflow/parse.ts';
import { cast, opened, started } from '../epic/given.ts';

// stage | role | action | depends_on | approval_gate | approvers | number of deliverables
const tables = {
  feature: `
    1_define | PRODUCT_MANAGER | write_prd | | design_kickoff | ENGINEERING_MANAGER | 4
    2_design | PRODUCT_DESIGNER | create_mocks | 1_define | design_review | PRODUCT_MANAGER | 4
    3_implement | ENGINEER | implement | 2_design | code_review | ENGINEERING_MANAGER | 4
    4_qa | QA_ENGINEER | test | 3_implement | qa_signoff | QA_LEAD | 4
    5_release_approval | PRODUCT_MANAGER | approve_release | 4_qa | production_release | VP_PRODUCT, ENGINEERING_MANAGER | 3
    6_launch | GROWTH_MANAGER | launch | 5_release_approval | | | 4`,
  bug: `
    1_reproduce | QA_ENGINEER | reproduce | | triage | ENGINEERING_MANAGER | 4
    2_fix | ENGINEER | fix | 1_reproduce | code_review | ENGINEERING_MANAGER | 4
    3_verify | QA_ENGINEER | verify | 2_fix | qa_verification | QA_LEAD | 4`,
  launch: `
    1_plan | PRODUCT_MANAGER | create_plan | | launch_kickoff | VP_PRODUCT, VP_MARKETING | 4
    2_content | GROWTH_MANAGER | create_content | 1_plan | content_review | VP_MARKETING, PRODUCT_MANAGER | 4
    3_feature_flag | ENGINEER | feature_flag | 1_plan | deployment_review | ENGINEERING_MANAGER, SRE | 4
    4_regression_test | QA_ENGINEER | regression_test | 3_feature_flag | launch_readiness | QA_LEAD, ENGINEERING_MANAGER | 4
    5_support_docs | SUPPORT_LEAD | prepare_docs | 1_plan, 2_content | support_readiness | PRODUCT_MANAGER | 4
    6_go_live | PRODUCT_MANAGER | execute_launch | 2_content, 4_regression_test, 5_support_docs | launch_authorization | VP_PRODUCT, VP_ENGINEERING | 4`,
  trading_strategy: `
    1_define_strategy | PRODUCT_MANAGER | define_strategy_goals | | strategy_concept | VP_PRODUCT | 5
    2_design_config | PRODUCT_DESIGNER | design_config_schema | 1_define_strategy | schema_review | PRODUCT_MANAGER, ENGINEERING_MANAGER | 4
    3_implement_filter | SENIOR_ENGINEER | implement_filter | 2_design_config | code_review | ENGINEERING_MANAGER | 4
    4_write_tests | SENIOR_ENGINEER | write_tests | 3_implement_filter | test_review | ENGINEERING_MANAGER | 4
    5_run_backtest | QA_ENGINEER | run_backtest | 4_write_tests | backtest_execution | ENGINEERING_MANAGER | 4
    6_validate_metrics | QA_ENGINEER | validate_metrics | 5_run_backtest | qa_signoff | QA_LEAD, PRODUCT_MANAGER | 6
    7_approve_production | PRODUCT_MANAGER | approve_for_production | 6_validate_metrics | production_approval | VP_PRODUCT, ENGINEERING_MANAGER, QA_LEAD | 4
    8_deploy | SRE | deploy_to_telegram_bot | 7_approve_production | deployment_verification | ENGINEERING_MANAGER | 5`,
};
const names = ['feature', 'bug', 'launch', 'trading_strategy'] as const;

function stock(name: string): WorkflowDefinition {
  const url = new URL(`../../../workflows/${name}.yml`, import.meta.url);
  const result = parseWorkflow(readFileSync(url, 'utf8'), `${name}.yml`);
  if ('problems' in result) throw new Error(JSON.stringify(result.problems));
  return result.definition;
}

const tableOf = ({ stages }: WorkflowDefinition) =>
  stages.map(({ key, role, action, dependsOn, gate, deliverables }) =>
    [
      key,
      role,
      action,
      dependsOn.join(', '),
      gate?.name ?? '',
      gate?.approvers.join(', ') ?? '',
      deliverables.length,
    ]
      .join(' | ')
      .replaceAll('|  |', '| |')
      .replaceAll('|  |', '| |'),
  );

describe('a team that picks a stock workflow gets the agreed roles, gates and order', () => {
  test.each(names)('%s', (name) => {
    const rows = tables[name].trim().split('\n');
    expect(tableOf(stock(name))).toEqual(rows.map((row) => row.trim()));
    expect(stock(name).name).toBe(name);
  });

  test('all four together: 23 stages, 22 gates, 95 deliverables', () => {
    const stages = names.flatMap((name) => stock(name).stages);
    const deliverables = stages.flatMap((stage) => stage.deliverables);
    expect([stages.length, stages.filter(({ gate }) => gate).length, deliverables.length]).toEqual([
      23, 22, 95,
    ]);
    expect(stages.every(({ output }) => output)).toBe(true);
  });
});

/** Gates by their class (requirements G-02 to G-06); those that no row names have none. */
const classes = {
  concept: ['feature design_kickoff', 'trading_strategy strategy_concept'],
  design: ['feature design_review', 'trading_strategy schema_review'],
  code: [
    'feature code_review',
    'bug code_review',
    'trading_strategy code_review',
    'trading_strategy test_review',
  ],
  qa: ['feature qa_signoff', 'bug qa_verification', 'launch launch_readiness', 'trading_strategy qa_signoff'],
  production: [
    'feature production_release',
    'launch launch_authorization',
    'trading_strategy production_approval',
  ],
};

describe('each gate is of the kind its decision is', () => {
  const gates = names.flatMap((name) =>
    stock(name).stages.flatMap(({ gate }) => (gate === undefined ? [] : [{ ...gate, of: name }])),
  );

  test.each(Object.entries(classes))('%s', (kind, expected) => {
    const found = gates.filter((gate) => gate.class === kind);
    expect(found.map((gate) => `${gate.of} ${gate.name}`)).toEqual(expected);
  });

  test('production is entered by people alone: no timer passes it, and nobody skips it', () => {
    const careful = gates.filter((gate) => gate.explicitOnly === true);
    expect(careful.map((gate) => `${gate.of} ${gate.name}`)).toEqual(classes.production);
    expect(careful.map((gate) => gate.timeouts?.approveAfter)).toEqual([undefined, undefined, undefined]);
  });

  test.each(names)('in %s /pause code, qa and the like hold what they name', (name) => {
    const { stages } = stock(name);
    for (const part of kindsOf(stages).filter((one) => one.kind === 'class')) {
      const held = started(stock(name)).and(cast.pat, { type: 'Pause', part, reason: 'not now' });
      const still = opened(held).stages.filter((stage) => heldBy(opened(held), stage) !== undefined);
      expect(still.map((stage) => `${name} ${stage.definition.gate?.name}`)).toEqual(
        Object.entries(classes)
          .find(([kind]) => kind === part.name)?.[1]
          .filter((gate) => gate.startsWith(`${name} `)),
      );
    }
  });
});

test.each([
  ['feature', '2-4 weeks', 4, 6],
  ['bug', '1-3 days', 3, 3],
  ['launch', '2-6 weeks', 5, 5],
  ['trading_strategy', '1-2 weeks', 5, 6],
] as const)(
  '%s says how long it takes, when it has succeeded and who takes part',
  (name, duration, criteria, people) => {
    const { metadata, description } = stock(name);
    expect([metadata.typicalDuration, metadata.successCriteria.length, metadata.participants.length]).toEqual(
      [duration, criteria, people],
    );
    expect(description).not.toBe('');
  },
);

test('a bug report keeps its four priority levels', () => {
  expect(stock('bug').metadata.priorityLevels).toEqual([
    { level: 'critical', policy: 'immediate, all hands' },
    { level: 'high', policy: 'same day fix target' },
    { level: 'medium', policy: 'next sprint' },
    { level: 'low', policy: 'backlog' },
  ]);
});

test('the domain workflow keeps its notes, its critical path, its failure modes and its own block', () => {
  const { metadata, stages } = stock('trading_strategy');
  expect(stages.every(({ notes }) => notes)).toBe(true);
  expect([metadata.criticalPath.length, metadata.failureModes.length]).toEqual([2, 4]);
  expect(metadata.extra.map(({ name, value }) => [name, Object.keys(value ?? {})])).toEqual([
    [
      'janus_architecture_notes',
      [
        'brain_pipeline',
        'determinism_contract',
        'testing_architecture',
        'deployment_architecture',
        'domain_constraints',
      ],
    ],
  ]);
});
