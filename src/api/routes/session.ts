import type { FastifyReply, FastifyRequest } from 'fastify';
import { HeedError } from '../../core/errors.ts';
import { MOST_PASSWORD } from '../../core/password.ts';
import type { Person } from '../../store/catalog/people.ts';
import type { MeAnswer, SessionsAnswer } from '../contract-people.ts';
import type { Routes } from '../context.ts';
import { browserOf } from '../people/browser.ts';
import { note } from '../people/note.ts';
import { meOf, signIn } from '../people/sign-in.ts';
import type { RouteSchema } from '../openapi.ts';
import { clientAddress } from '../security/client-address.ts';
import { sessionSecret, signOutCookie } from '../security/cookie.ts';
import { Guesses } from '../security/guesses.ts';
import { mustBeGoodPassword } from '../security/passwords.ts';
import { hashOf } from '../security/tokens.ts';
import type { Caller } from '../security/caller.ts';

const password = { type: 'string', maxLength: MOST_PASSWORD, description: 'Text of up to 200 characters.' } as const;

const me: RouteSchema = { summary: 'Who one is here, and what one may.', answer: 'MeAnswer' };
const enter: RouteSchema = {
  summary: 'Signs in; the answer sets a cookie.',
  body: {
    type: 'object',
    properties: { email: { type: 'string', maxLength: 254, description: 'E-mail address.' }, password },
    required: ['email', 'password'],
  },
  answer: 'MeAnswer',
};
const leave: RouteSchema = { summary: 'Signs out: the session ends here, not only in the browser.', answer: '{ signedOut }' };
const change: RouteSchema = {
  summary: 'Changes the password of who is signed in, which signs out everywhere else.',
  body: { type: 'object', properties: { old: password, new: password }, required: ['old', 'new'] },
  answer: 'MeAnswer',
};
const sessions: RouteSchema = { summary: 'Where one is signed in.', answer: 'SessionsAnswer' };
const end: RouteSchema = { summary: 'Signs out everywhere else.', answer: '{ signedOut }' };

/** Signing in and out, and what is about oneself. Each looks at the cookie itself. */
export const sessionRoutes: Routes = (app, context) => {
  const { gate, passwords, streams } = context;
  const { catalog } = context.deps;
  const guesses = new Guesses();
  const open = { open: true };

  /** @throws HeedError `bad_password` (401), `too_many_guesses` (429), `busy` (503) */
  const mustFit = async (request: FastifyRequest, reply: FastifyReply, email: string, given: string): Promise<Person> => {
    const address = clientAddress(request.raw) ?? '';
    const account = email.trim().toLowerCase();
    const wait = guesses.take(account, address, Date.now());
    if (wait > 0) {
      const seconds = Math.ceil(wait / 1000);
      reply.header('retry-after', seconds);
      throw new HeedError('too_many_guesses', `cannot sign in: too many wrong passwords; try again in ${seconds} s, or ask an owner for a link`, {
        status: 429,
      });
    }
    const found = await catalog.people.byEmail(account);
    let fits = false;
    try {
      fits = await passwords.fits(given, found?.password);
    } catch (error) {
      guesses.giveBack(account, address, Date.now());
      throw error;
    }
    if (!found || !fits) {
      // Noted after the answer, whose time is not to tell who is here.
      if (found) setImmediate(() => void note(catalog.audit, request, 'sign-in refused', found.email, found.name));
      throw new HeedError('bad_password', 'cannot sign in: the address or the password is wrong', { status: 401 });
    }
    guesses.giveBack(account, address, Date.now());
    return found;
  };

  const mustBeIn = async (request: FastifyRequest): Promise<Required<Pick<Caller, 'person' | 'session'>>> => {
    const caller = await gate.signedIn(request);
    if (caller) return caller;
    throw new HeedError('signed_out', 'cannot answer: nobody is signed in', { status: 401 });
  };

  app.get('/api/v1/me', { schema: me, config: open }, async (request): Promise<MeAnswer> => {
    const caller = await gate.who(request);
    if (caller instanceof HeedError) return meOf(context, undefined, caller.code === 'signed_out' ? 'out' : 'token');
    return meOf(context, caller.person, caller.person ? 'in' : 'open');
  });

  app.post<{ Body: { email: string; password: string } }>('/api/v1/session', { schema: enter, config: open, bodyLimit: 10_000 }, async (request, reply) => {
    const person = await mustFit(request, reply, request.body.email, request.body.password);
    await signIn(catalog, person, request, reply);
    await note(catalog.audit, request, 'signed in', person.email, person.name);
    return meOf(context, person, 'in');
  });

  app.delete('/api/v1/session', { schema: leave, config: open }, async (request, reply) => {
    const secret = sessionSecret(request.headers.cookie);
    const session = secret === undefined ? undefined : await catalog.sessions.find(hashOf(secret), Date.now());
    if (session) {
      await catalog.sessions.close(session.id);
      streams.endOf({ session: session.id });
    }
    reply.header('set-cookie', signOutCookie(request.headers));
    return { signedOut: session !== undefined };
  });

  app.put<{ Body: { old: string; new: string } }>('/api/v1/me/password', { schema: change, config: open, bodyLimit: 10_000 }, async (request, reply) => {
    const { person } = await mustBeIn(request);
    await mustFit(request, reply, person.email, request.body.old);
    mustBeGoodPassword(request.body.new, person);
    await catalog.people.setPassword(person.id, await passwords.hash(request.body.new));
    streams.endOf({ person: person.id });
    await signIn(catalog, person, request, reply);
    await note(catalog.audit, request, 'password changed', person.email, person.name);
    return meOf(context, person, 'in');
  });

  app.get('/api/v1/me/sessions', { schema: sessions, config: open }, async (request): Promise<SessionsAnswer> => {
    const { person, session } = await mustBeIn(request);
    const all = await catalog.sessions.of(person.id, Date.now());
    return {
      sessions: all.map(({ id, agent, address, created, used }) => ({ id, here: id === session.id, browser: browserOf(agent), address, created, used })),
    };
  });

  app.delete('/api/v1/me/sessions', { schema: end, config: open }, async (request) => {
    const { person, session } = await mustBeIn(request);
    const others = (await catalog.sessions.of(person.id, Date.now())).filter(({ id }) => id !== session.id);
    await catalog.sessions.closeAll(person.id, session.id);
    for (const { id } of others) streams.endOf({ session: id });
    return { signedOut: others.length };
  });
};
