import type { JSX } from 'preact';
import type { InvitationItem } from '../../../../src/api/contract-people.ts';
import { rolesText } from '../../../../src/core/roles.ts';
import { clock, day } from '../../../words/time.ts';

/** Links that still hold. */
export function InvitationTable(props: { invitations: readonly InvitationItem[]; onTakeBack: (invitation: InvitationItem) => void }): JSX.Element {
  return (
    <section class="panel plain" aria-label="Links that still hold">
      <div class="panel-head">
        <h2>Links that still hold</h2>
      </div>
      <table class="table">
        <thead>
          <tr>
            <th>For</th>
            <th class="grow">Will</th>
            <th class="p2">Until</th>
            <th>
              <span class="sr">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {props.invitations.map((invitation) => (
            <tr key={invitation.id}>
              <td class="token-for person">
                <span class="strong anywhere">{invitation.email || 'whoever opens it'}</span>
                <span class="dim small under">by {invitation.createdBy}</span>
              </td>
              <td class="grow">{invitation.reset ? 'have a new password' : `be ${rolesText(invitation)}`}</td>
              <td class="nowrap p2">
                {day(invitation.expires)}, {clock(invitation.expires)}
              </td>
              <td class="n">
                <button
                  type="button"
                  class="btn quiet"
                  aria-label={`Take back the link for ${invitation.email || 'whoever opens it'}`}
                  onClick={() => props.onTakeBack(invitation)}
                >
                  Take back
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
