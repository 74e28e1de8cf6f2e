import { randomUUID } from 'node:crypto';
import {
  AccessToken,
  AgentDispatchClient,
  DataPacket_Kind,
  RoomAgentDispatch,
  RoomServiceClient,
} from 'livekit-server-sdk';
import { agentName, type ControlMessage, callerIdentity, listenerPrefix, topics } from '#src/lib/calls/call.ts';
import { config } from '#src/server/config.ts';

const tokenLife = '10m';
const listenerTokenLife = '1m';
const requestTimeoutS = 5;
/** As the worker names itself; no caller gets a token for such a name. */
const agentPrefix = `${agentName}-`;

/** A token for one room and one identity, for the minutes that joining takes. A second join of an identity takes the first one's place. */
export async function callerToken(room: string, name: string): Promise<string> {
  const { apiKey, apiSecret } = config().livekit;
  const token = new AccessToken(apiKey, apiSecret, { identity: callerIdentity, name, ttl: tokenLife });
  token.addGrant({ roomJoin: true, room, canPublish: true, canSubscribe: true, canPublishData: false });
  return token.toJwt();
}

/** An identity for someone who listens. */
export const newListener = (): string => `${listenerPrefix}${randomUUID()}`;

/** A token to hear a room unseen: its holder is hidden, and can send nothing. It has to be used within a minute. */
export async function listenerToken(room: string, identity: string): Promise<string> {
  const { apiKey, apiSecret } = config().livekit;
  const token = new AccessToken(apiKey, apiSecret, { identity, ttl: listenerTokenLife });
  token.addGrant({
    roomJoin: true,
    room,
    hidden: true,
    canPublish: false,
    canPublishData: false,
    canUpdateOwnMetadata: false,
    canSubscribe: true,
  });
  return token.toJwt();
}

/** Makes a room, and asks for an agent in it at once when a call is named: the call's id is all that the agent is told. */
export async function openRoom(room: string, callId?: string): Promise<void> {
  await rooms().createRoom({
    name: room,
    emptyTimeout: 60,
    departureTimeout: 40,
    maxParticipants: 20,
    ...(callId === undefined
      ? {}
      : { agents: [new RoomAgentDispatch({ agentName, metadata: JSON.stringify({ callId }) })] }),
  });
}

/** Asks for an agent once more. */
export async function dispatchAgent(room: string, callId: string): Promise<void> {
  const { url, apiKey, apiSecret } = config().livekit;
  await new AgentDispatchClient(httpUrl(url), apiKey, apiSecret, { requestTimeout: requestTimeoutS }).createDispatch(
    room,
    agentName,
    { metadata: JSON.stringify({ callId }) },
  );
}

/** Sends a control message to the agent of a room. */
export async function sendControl(room: string, message: ControlMessage): Promise<void> {
  await rooms().sendData(room, Buffer.from(JSON.stringify(message)), DataPacket_Kind.RELIABLE, {
    topic: topics.control,
  });
}

/** Sends a control message to the agents of a room and to nobody else in it. Throws when there is none. */
export async function sendToAgent(room: string, message: ControlMessage): Promise<void> {
  const agents = (await rooms().listParticipants(room)).filter(({ identity }) => identity.startsWith(agentPrefix));
  if (agents.length === 0) throw new Error('There is no agent in the room.');
  await rooms().sendData(room, Buffer.from(JSON.stringify(message)), DataPacket_Kind.RELIABLE, {
    topic: topics.control,
    destinationIdentities: agents.map(({ identity }) => identity),
  });
}

/** Is the agent in the room? */
export async function agentIsIn(room: string): Promise<boolean> {
  return (await identitiesIn(room)).some((identity) => identity.startsWith(agentPrefix));
}

/** Who is in a room, also those who are hidden in it. */
export async function identitiesIn(room: string): Promise<string[]> {
  return (await rooms().listParticipants(room)).map(({ identity }) => identity);
}

/** Ends a room for everyone in it. A room that is gone is fine. */
export async function closeRoom(room: string): Promise<void> {
  await rooms()
    .deleteRoom(room)
    .catch(() => {});
}

/** Does LiveKit answer? */
export async function livekitAnswers(): Promise<boolean> {
  return rooms()
    .listRooms(['-'])
    .then(
      () => true,
      () => false,
    );
}

function rooms(): RoomServiceClient {
  const { url, apiKey, apiSecret } = config().livekit;
  return new RoomServiceClient(httpUrl(url), apiKey, apiSecret, { requestTimeout: requestTimeoutS });
}

const httpUrl = (url: string): string => url.replace(/^ws/, 'http');
