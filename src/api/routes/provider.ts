import type { FastifyReply, FastifyRequest } from 'fastify';
import { HeedError } from '../../core/errors.ts';
import { log } from '../../core/log.ts';
import type { RoleEverywhere } from '../../core/roles.ts';
import type { Person } from '../../store/catalog/people.ts';
import type { Routes } from '../context.ts';
import { type Comer, decideComer } from '../people/decide-comer.ts';
import { baseOf } from '../base-address.ts';
import { note } from '../people/note.ts';
import { signIn } from '../people/sign-in.ts';
import type { RouteSchema } from '../openapi.ts';
import { errandCookie, errandOf, localPath, noErrandCookie } from '../security/errand-cookie.ts';

const BACK = '/sign-in/provider/back';

const leaving: RouteSchema = {
  summary: 'Sends the browser to the OpenID provider.',
  querystring: { type: 'object', properties: { to: { type: 'string', maxLength: 1000, default: '/', description: 'Where to go after that, e.g. /errors.' } } },
  answer: 'A redirect.',
};
const back: RouteSchema = { summary: 'Where the OpenID provider sends the browser back to.', answer: 'A redirect.' };

/** Signing in by an OpenID provider. */
export const providerRoutes: Routes = (app, { deps: { catalog, config }, provider }) => {
  const { people } = catalog;
  const rules = { domains: config.oidc.domains, role: config.oidc.role as RoleEverywhere };

  /** The screen for signing in says why not. */
  const refuse = (reply: FastifyReply, why: string): FastifyReply =>
    reply.header('set-cookie', noErrandCookie(reply.request.headers)).redirect(`/?refused=${why}`, 303);

  app.get<{ Querystring: { to: string } }>('/sign-in/provider', { schema: leaving, config: { open: true }, exposeHeadRoute: false }, async (request, reply) => {
    if (provider.name === '') throw new HeedError('not_found', 'cannot sign in by a provider: none is set up; HEED_OIDC_ISSUER names one', { status: 404 });
    try {
      const { url, errand } = await provider.leave(baseOf(request) + BACK, localPath(request.query.to));
      return await reply.header('set-cookie', errandCookie(errand, request.headers)).redirect(url.href, 303);
    } catch (error) {
      log.error({ err: error }, 'cannot sign anybody in by the provider');
      return refuse(reply, 'provider_failed');
    }
  });

  app.get(BACK, { schema: back, config: { open: true }, exposeHeadRoute: false }, async (request, reply) => {
    const errand = errandOf(request.headers.cookie);
    if (provider.name === '' || !errand) return refuse(reply, 'too_late');
    let comer: Comer;
    try {
      comer = await provider.arrive(new URL(baseOf(request) + request.url), errand);
    } catch (error) {
      log.error({ err: error }, 'cannot sign somebody in by the provider');
      return refuse(reply, 'provider_failed');
    }
    const decision = decideComer(comer, await knownOf(comer), rules);
    if (decision.do === 'refuse') {
      await note(catalog.audit, request, 'sign-in by the provider refused', `${comer.email}: ${decision.why}`, comer.name || comer.email || 'someone');
      return refuse(reply, decision.why);
    }
    const person = await settle(decision, comer, request);
    await signIn(catalog, person, request, reply);
    await note(catalog.audit, request, 'signed in by the provider', person.email, person.name);
    reply.header('set-cookie', noErrandCookie(request.headers));
    return reply.redirect(errand.to, 303);
  });

  async function knownOf({ subject, email }: Comer): Promise<Parameters<typeof decideComer>[1]> {
    const all = await people.list();
    return {
      bySubject: await people.bySubject(subject),
      byEmail: email === '' ? undefined : await people.byEmail(email),
      invitation: (await people.invitations(Date.now())).find((one) => one.email === email && one.person === undefined && email !== ''),
      names: new Set(all.map(({ name }) => name.toLowerCase())),
      anybody: all.length > 0,
    };
  }

  async function settle(decision: Exclude<ReturnType<typeof decideComer>, { do: 'refuse' }>, { subject }: Comer, request: FastifyRequest): Promise<Person> {
    if (decision.do === 'enter') return decision.person;
    if (decision.do === 'link') {
      await people.setSubject(decision.person.id, subject);
      return decision.person;
    }
    const { person, invitation } = decision;
    const made = await people.add({ ...person, createdBy: invitation?.createdBy ?? provider.name, subject });
    if (invitation) await people.withdraw(invitation.id);
    await note(catalog.audit, request, invitation ? 'came by an invitation and the provider' : 'came by the provider', made.email, made.name);
    return made;
  }
};
