/** Every REST route of the stand-in. */
import type { Route } from '../request.ts';
import { appRoutes } from './app.ts';
import { checkRoutes } from './checks.ts';
import { commentRoutes } from './comments.ts';
import { contentRoutes } from './contents.ts';
import { issueRoutes } from './issues.ts';
import { labelRoutes } from './labels.ts';
import { pullRoutes } from './pulls.ts';
import { repositoryRoutes } from './repos.ts';
import { ruleRoutes } from './rules.ts';
import { teamRoutes } from './teams.ts';
import { treeRoutes } from './tree.ts';

export const restRoutes: readonly Route[] = [
  ...appRoutes,
  ...repositoryRoutes,
  ...ruleRoutes,
  ...contentRoutes,
  ...commentRoutes,
  ...issueRoutes,
  ...labelRoutes,
  ...treeRoutes,
  ...pullRoutes,
  ...checkRoutes,
  ...teamRoutes,
];
