import { registryOf, type Generated } from '../registry.ts';

/** The folder is the list: one file, one definition. */
export function generate(): Generated {
  return {
    'src/cli/registry.gen.ts': registryOf('src/cli/commands', { name: 'CommandDefinition', from: '../core/define.ts' }, 'COMMANDS'),
    'src/dashboards/registry.gen.ts': registryOf('src/dashboards/automatic', { name: 'DashboardDefinition', from: '../core/define.ts' }, 'AUTOMATIC'),
    'src/probes/registry.gen.ts': registryOf('src/probes/collectors', { name: 'ProbeDefinition', from: '../core/define.ts' }, 'PROBES'),
  };
}
