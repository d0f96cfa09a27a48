import type { FastifyInstance } from 'fastify';
import type { ApiDeps } from './deps.ts';
import type { LiveHub } from './live/hub.ts';
import type { Provider } from './people/provider.ts';
import type { Gate } from './security/gate.ts';
import type { Passwords } from './security/passwords.ts';
import type { OpenStreams } from './live/streams.ts';
import type { EchoState } from './state/echo.ts';
import type { NowState } from './state/now.ts';
import type { Pulse } from './state/pulse.ts';

/** What routes work with, beside the request. */
export interface ApiContext {
  deps: ApiDeps;
  pulse: Pulse;
  now: NowState;
  echo: EchoState;
  hub: LiveHub;
  streams: OpenStreams;
  gate: Gate;
  passwords: Passwords;
  provider: Provider;
  /** Where the server really listens; the port is real once it does. */
  bound: { host: string; port: number };
}

/** A file of routes: adds its routes to the server. */
export type Routes = (app: FastifyInstance, context: ApiContext) => void;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Answers everybody, without a token or a sign-in: health, what the screens are made of, and signing in. Routes are closed unless they say so. */
    open?: boolean;
    /** A POST that changes nothing (a question too long for a URL), so pages of other origins may make it. */
    readsOnly?: boolean;
    /** Asks for the key of a project instead of the token, from programs and pages of any origin: what Sentry's clients send to. */
    byKey?: boolean;
  }
}
