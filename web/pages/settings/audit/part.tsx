import { may } from '../../../state/me.ts';
import { definePart } from '../part.ts';
import { AuditLog } from './log.tsx';

export default definePart({ path: '/settings/audit', title: 'Audit log', order: 4, shown: () => may('org:admin'), view: AuditLog });
