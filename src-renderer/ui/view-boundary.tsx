import { Component, type ReactNode } from 'react';

type Props = { children: ReactNode; fallback: (error: Error, retry: () => void) => ReactNode };

/**
 * What throws while it is drawn, or cannot be loaded, leaves the frame standing, and with it the stop. Give it a `key` per view.
 * `retry` draws the children anew.
 */
export class ViewBoundary extends Component<Props, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render() {
    return this.state.error === null
      ? this.props.children
      : this.props.fallback(this.state.error, () => this.setState({ error: null }));
  }
}
