package dev.reelay.task;

import dev.reelay.routing.ChannelId;
import dev.reelay.routing.CredentialId;
import dev.reelay.routing.ModelName;

/**
 * The finished task that a remix is made from. Only the account that made it can read its job, so
 * the new task may go nowhere else.
 *
 * @param served the model that made it, and makes the remix
 * @param upstreamId the provider's id of the job
 */
public record Parent(
    TaskId task, ModelName served, ChannelId channel, CredentialId credential, String upstreamId) {}
