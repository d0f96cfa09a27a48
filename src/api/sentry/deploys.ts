import { releaseAddresses, route, type SentryRoutes } from './context.ts';
import { linkPages } from './pages.ts';
import { readDeploy } from './read-release.ts';
import { deployJson } from './release-json.ts';
import { existing, projectsIn } from './releases.ts';

/** A release reaches an environment. */
export const deployRoutes: SentryRoutes = (app, { catalog, markers }) => {
  route(app, 'GET', releaseAddresses(':version/deploys/'), async (asked) => {
    linkPages(asked, undefined);
    const { version } = await existing(catalog, asked.parts.version);
    return (await catalog.releases.deploys(version)).map(deployJson);
  });

  route(app, 'POST', releaseAddresses(':version/deploys/'), async ({ parts, request: { body }, reply }) => {
    const release = await existing(catalog, parts.version);
    const now = Date.now();
    const deploy = await catalog.releases.addDeploy(release.version, readDeploy(body, now));
    for (const { id, slug } of await projectsIn(catalog, release)) {
      const { environment, finished } = deploy;
      await markers.deployed({ project: Number(id), slug, release: release.version, environment, time: finished }, now);
    }
    reply.code(201);
    return deployJson(deploy);
  });
};
