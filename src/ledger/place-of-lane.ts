/** Parts of statements: which repository a lane works on, and whether the App may act there (threats F34). */

/** In a statement with a column `lane`: the number of the repository it works on. */
export const repositoryOfLane = `
  case when lane like 'epic:%' then (select repository_id from epics where id = substr(lane, 6))
       else substring(lane, '^(?:subject|repository|group):([0-9]{1,18})')::bigint end`;

/** In a statement with a column `"repositoryId"`: whether the App may act there. */
export const mayAct = `
  coalesce((select (select state from installations where installations.id = installation_id)
              from repositories where repositories.id = "repositoryId"), 'active') = 'active'`;
