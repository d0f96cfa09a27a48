/**
 * What `Sentry.showReportDialog` loads: asks what happened and posts the answer to where the script came from. It is the same for
 * everybody; what differs it takes from its own address, as text.
 */
export const ERROR_PAGE_SCRIPT = `(() => {
  'use strict';
  const address = new URL(document.currentScript.src);
  const say = (name, text) => address.searchParams.get(name) || text;
  const make = (tag, css, text) => {
    const element = document.createElement(tag);
    element.style.cssText = css;
    if (text) element.textContent = text;
    return element;
  };
  const dialog = make('dialog', 'font:16px/1.5 system-ui,sans-serif;max-width:28rem;width:90%;border:1px solid #8888;border-radius:8px;padding:24px');
  const form = make('form', 'display:grid;gap:12px;margin:0');
  dialog.append(form);
  form.append(make('strong', 'font-size:1.2em', say('title', 'It looks like something went wrong.')));
  form.append(make('span', '', say('subtitle', 'Tell us what happened, and we can help.')));
  const fields = {};
  const ask = (name, tag, label, value) => {
    const box = make('label', 'display:grid;gap:4px', label);
    const field = make(tag, 'font:inherit;padding:6px;width:100%;box-sizing:border-box');
    field.required = true;
    field.value = value;
    if (name === 'email') field.type = 'email';
    if (tag === 'textarea') field.rows = 5;
    fields[name] = field;
    box.append(field);
    form.append(box);
  };
  ask('name', 'input', say('labelName', 'Name'), say('name', ''));
  ask('email', 'input', say('labelEmail', 'Email'), say('email', ''));
  ask('comments', 'textarea', say('labelComments', 'What happened?'), '');
  const status = make('span', '');
  status.setAttribute('role', 'status');
  const send = make('button', 'font:inherit;padding:8px', say('labelSubmit', 'Send'));
  const close = make('button', 'font:inherit;padding:8px', say('labelClose', 'Close'));
  close.type = 'button';
  close.onclick = () => dialog.remove();
  form.append(status, send, close);
  form.onsubmit = (event) => {
    event.preventDefault();
    const body = new URLSearchParams();
    for (const name in fields) body.set(name, fields[name].value);
    fetch(address, { method: 'POST', body, mode: 'cors', credentials: 'omit' }).then(
      (answer) => {
        status.textContent = answer.ok ? say('successMessage', 'Thank you.') : say('errorFormEntry', 'Please check what you wrote.');
        if (answer.ok) send.remove();
      },
      () => (status.textContent = say('errorGeneric', 'It could not be sent. Please try again.')),
    );
  };
  document.body.append(dialog);
  dialog.showModal();
})();
`;
