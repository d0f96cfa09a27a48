import type { HeedConfig } from '../../core/config/config.ts';
import type { CounterLane } from '../../core/counters.ts';
import type { Fact } from '../../core/fact.ts';
import type { PointsWriter } from '../../store/points/points-store.ts';
import type { Echo } from './echo.ts';

/** What every listener in the receive worker works with. */
export interface ReceiveContext {
  config: HeedConfig;
  points: PointsWriter;
  counters: CounterLane;
  echo: Echo;
  /** Hands a fact (a DogStatsD event, a service check) to the facts store; false when its queue is full. */
  fact(fact: Fact): boolean;
}

/** A listener that is bound. */
export interface Listening {
  protocol: 'statsd' | 'carbon' | 'pickle' | 'statsd-admin';
  transport: 'udp' | 'tcp' | 'unix';
  /** As bound: the port is real where 0 was asked for. */
  address: string;
  port: number;
}

/** A running part of the receive worker. */
export interface ReceivePart {
  listening: Listening[];
  /** Stops taking, hands on what was taken, closes sockets. */
  stop(): Promise<void>;
}
