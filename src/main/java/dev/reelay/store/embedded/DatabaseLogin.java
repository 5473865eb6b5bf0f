package dev.reelay.store.embedded;

import dev.reelay.access.Secret;

/**
 * What a client needs to connect.
 *
 * @param jdbcUrl the address without a password
 * @param user the owner of the database
 * @param password his password
 */
public record DatabaseLogin(String jdbcUrl, String user, Secret password) {}
