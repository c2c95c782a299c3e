using Headroom.Storage.Postgres.Server;

namespace Headroom.Storage.Postgres;

/// <summary>Settings of a <see cref="PostgresOriginalStore"/>.</summary>
public sealed class PostgresOriginalStoreOptions
{
    /// <summary>The database schema of the tables; made where it is missing.</summary>
    /// <value>The default is <see langword="null"/>: the first of the connection's search path, usually <c>public</c>. Lower-case letters, digits and <c>_</c>, up to 63.</value>
    public string? Schema { get; set; }

    /// <summary>What the names of the tables begin with. Stores of different prefixes share nothing.</summary>
    /// <value>The default is <c>headroom_</c>. Lower-case letters, digits and <c>_</c>, up to 40.</value>
    public string TablePrefix { get; set; } = "headroom_";

    /// <summary>
    /// Bytes of originals to hold, compressed, with 256 more for each. Beyond, originals that have been idle for longest are dropped, but none that was used
    /// within <see cref="Retention"/>; where that is not enough, nothing more is stored. The tables take more on the disk until the server has cleaned up.
    /// </summary>
    /// <value>The default is 64 GiB: at the usual compression, some 400 GB of tool results. Range 1 MiB to 1 PiB.</value>
    public long MaxBytes { get; set; } = 64L * 1024 * 1024 * 1024;

    /// <summary>How long an original is kept for sure after it was last put, fetched or kept, by the server's clock. Nothing expires by itself: this only says what is never dropped to make room.</summary>
    /// <value>The default is 30 days. Range 0 to 10 years.</value>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Keys to encrypt originals with. All instances that share a store need the same.</summary>
    /// <value>The default is <see langword="null"/>: they are in the clear.</value>
    public OriginalEncryption? Encryption { get; set; }

    /// <summary>Whether nothing may be changed: puts answer "not stored", and the tables must exist. For a read-only replica, or a role that may only read.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool ReadOnly { get; set; }

    /// <summary>Told why a call failed: no connection, no permission, damage. The caller is only told "not stored" or "unavailable". Never holds content, nor the password.</summary>
    /// <value>The default is <see langword="null"/>. <c>AddHeadroomPostgresStore</c> logs it.</value>
    public Action<Exception>? OnFailure { get; set; }

    internal PostgresOriginalStoreOptions Clone() => (PostgresOriginalStoreOptions)MemberwiseClone();

    internal void Validate()
    {
        List<string> errors = [];
        if (Schema is not null && !TableNames.IsName(Schema, TableNames.MaxSchemaLength)) errors.Add($"Schema: {Schema} is not 1 to {TableNames.MaxSchemaLength} lower-case letters, digits and _, a digit not first.");
        if (!TableNames.IsName(TablePrefix, TableNames.MaxPrefixLength)) errors.Add($"TablePrefix: {TablePrefix} is not 1 to {TableNames.MaxPrefixLength} lower-case letters, digits and _, a digit not first.");
        if (MaxBytes is < 1024 * 1024 or > 1L << 50) errors.Add($"MaxBytes: {MaxBytes} is outside 1 MiB to 1 PiB.");
        if (Retention < TimeSpan.Zero || Retention > TimeSpan.FromDays(3660)) errors.Add($"Retention: {Retention} is outside 0 to 10 years.");
        if (errors.Count > 0) throw new ArgumentException("Settings of the PostgreSQL store are invalid:\n- " + string.Join("\n- ", errors));
    }
}
