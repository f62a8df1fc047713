import './jitless.ts';
import '../styles/app.css';
import { createRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import { App } from './app.tsx';
import { createConnection } from './connection.ts';
import { words } from './language.ts';
import { findAccess } from './open-port.ts';
import { startTheme } from './theme.ts';

startTheme();
const connection = createConnection(findAccess());
const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <I18nextProvider i18n={words}>
    <App connection={connection} />
  </I18nextProvider>,
);
connection.connect();
