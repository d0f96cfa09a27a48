import type { ProjectSettings } from '../../core/project.ts';

/** Settings that Sentry has for each project, Heed has not, and clients expect to read: what holds here. */
const WITHOUT = {
  options: {},
  digestsMinDelay: 0,
  digestsMaxDelay: 0,
  subjectPrefix: '',
  subjectTemplate: '',
  resolveAge: 0,
  storeCrashReports: null,
  securityToken: '',
  securityTokenHeader: null,
  verifySSL: true,
  scrapeJavaScript: false,
  enableAutoReleaseCreation: true,
  highlightTags: [],
  highlightContext: {},
  highlightPreset: { tags: [], context: {} },
  derivedGroupingEnhancements: '',
  secondaryGroupingExpiry: 0,
  secondaryGroupingConfig: null,
  processingIssues: 0,
  defaultEnvironment: null,
  relayPiiConfig: null,
  builtinSymbolSources: [],
  symbolSources: '[]',
  dynamicSamplingBiases: [],
  isDynamicallySampled: false,
  tempestFetchScreenshots: false,
  autofixAutomationTuning: 'off',
  seerScannerAutomation: false,
  seerNightshiftTweaks: null,
  scmSourceContextEnabled: false,
  debugFilesRole: null,
} as const;

/** A project's settings by Sentry's names. */
export function projectSettings({ origins, scrub, fingerprintRules, stackRules }: ProjectSettings): Record<string, unknown> {
  return {
    ...WITHOUT,
    allowedDomains: origins.length === 0 ? ['*'] : origins,
    dataScrubber: scrub.on,
    dataScrubberDefaults: scrub.defaults,
    sensitiveFields: scrub.fields,
    safeFields: scrub.safeFields,
    scrubIPAddresses: scrub.ips,
    fingerprintingRules: fingerprintRules,
    groupingEnhancements: stackRules,
  };
}

/** What a client of Sentry's wants changed, by Heed's names and unchecked; what Heed does not have is passed over. */
export function readProjectChange(body: Record<string, unknown>): { name?: string; settings: Record<string, unknown> } {
  const { name, allowedDomains } = body;
  const isAll = Array.isArray(allowedDomains) && allowedDomains.length === 1 && allowedDomains[0] === '*';
  const settings = {
    origins: isAll ? [] : allowedDomains,
    scrub: {
      on: body.dataScrubber,
      defaults: body.dataScrubberDefaults,
      fields: body.sensitiveFields,
      safeFields: body.safeFields,
      ips: body.scrubIPAddresses,
    },
    fingerprintRules: body.fingerprintingRules,
    stackRules: body.groupingEnhancements,
  };
  return { ...(typeof name === 'string' ? { name } : {}), settings };
}
