import type { Configuration } from 'openid-client';
import type { HeedConfig } from '../../core/config/config.ts';
import { causeOf, HeedError } from '../../core/errors.ts';
import { isLoopbackHost } from '../security/hosts.ts';
import type { Comer } from './decide-comer.ts';

/** Seconds that the provider may take for one answer. */
const PATIENCE = 10;

/** What a browser keeps between leaving for the provider and coming back. */
export interface Errand {
  state: string;
  nonce: string;
  /** PKCE's. */
  verifier: string;
  /** Where one wanted to go. */
  to: string;
}

/** The OpenID provider that people may sign in with, when one is set up; asked for its description by the first who does. */
export class Provider {
  /** What it is called on the screen; empty when there is none. */
  readonly name: string;
  readonly #options: HeedConfig['oidc'];
  #configuration: Promise<Configuration> | undefined;

  /** @throws HeedError `bad_option` for what cannot be an issuer */
  constructor(options: HeedConfig['oidc']) {
    this.#options = options;
    const { issuer, clientId, name } = options;
    if (issuer !== '') {
      const { protocol, host } = urlOf(issuer);
      if (protocol !== 'https:' && !(protocol === 'http:' && isLoopbackHost(host)))
        throw new HeedError('bad_option', `cannot use HEED_OIDC_ISSUER '${issuer}': it must begin with https://`);
      if (clientId === '') throw new HeedError('bad_option', 'cannot use HEED_OIDC_ISSUER without HEED_OIDC_CLIENT_ID, by which the provider knows Heed');
    }
    this.name = issuer === '' ? '' : name || urlOf(issuer).hostname;
  }

  /** Where to send the browser, and what it must bring back. @throws HeedError `provider_failed` (502) */
  async leave(back: string, to: string): Promise<{ url: URL; errand: Errand }> {
    const { buildAuthorizationUrl, calculatePKCECodeChallenge, randomNonce, randomPKCECodeVerifier, randomState } = await import('openid-client');
    const errand = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier(), to };
    const url = buildAuthorizationUrl(await this.#known(), {
      redirect_uri: back,
      scope: 'openid email profile',
      state: errand.state,
      nonce: errand.nonce,
      code_challenge: await calculatePKCECodeChallenge(errand.verifier),
      code_challenge_method: 'S256',
    });
    return { url, errand };
  }

  /** Who comes back. @throws HeedError `provider_failed` (502) */
  async arrive(url: URL, { state, nonce, verifier }: Errand): Promise<Comer> {
    const { authorizationCodeGrant, fetchUserInfo } = await import('openid-client');
    const configuration = await this.#known();
    try {
      const tokens = await authorizationCodeGrant(configuration, url, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (!claims) throw new Error('it sent no ID token');
      // Some tell the address only when asked.
      const said = typeof claims.email === 'string' ? claims : await fetchUserInfo(configuration, tokens.access_token, claims.sub);
      const text = (value: unknown): string => (typeof value === 'string' ? value.trim().slice(0, 254) : '');
      return {
        subject: `${claims.iss} ${claims.sub}`,
        email: text(said.email).toLowerCase(),
        verified: said.email_verified === true,
        name: text(said.name).slice(0, 100),
      };
    } catch (error) {
      throw failed(error);
    }
  }

  #known(): Promise<Configuration> {
    return (this.#configuration ??= this.#discover().catch((error: unknown) => {
      this.#configuration = undefined;
      throw failed(error);
    }));
  }

  async #discover(): Promise<Configuration> {
    const { allowInsecureRequests, discovery } = await import('openid-client');
    const { issuer, clientId, clientSecret } = this.#options;
    const server = urlOf(issuer);
    return discovery(server, clientId, clientSecret === '' ? undefined : clientSecret, undefined, {
      timeout: PATIENCE,
      execute: server.protocol === 'http:' ? [allowInsecureRequests] : [],
    });
  }
}

function urlOf(text: string): URL {
  const url = URL.parse(text);
  if (url) return url;
  throw new HeedError('bad_option', `cannot use HEED_OIDC_ISSUER '${text}': it is no address, as https://id.example.org is`);
}

const failed = (error: unknown): HeedError =>
  new HeedError(
    'provider_failed',
    `cannot sign in by the provider: ${error instanceof Error && error.cause instanceof Error ? error.cause.message : causeOf(error)}`,
    {
      status: 502,
      cause: error,
    },
  );
