import './jitless.ts';
import '../styles/app.css';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { createConnection } from './connection.ts';
import { findAccess } from './open-port.ts';
import { startTheme } from './theme.ts';

startTheme();
const connection = createConnection(findAccess());
const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(<App connection={connection} />);
connection.connect();
