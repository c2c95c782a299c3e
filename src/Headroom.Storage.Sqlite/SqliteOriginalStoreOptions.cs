namespace Headroom.Storage.Sqlite;

/// <summary>Settings of a <see cref="SqliteOriginalStore"/>.</summary>
public sealed class SqliteOriginalStoreOptions
{
    /// <summary>Bytes the file may use. Beyond, originals that have been idle for longest are dropped, but none that was used within <see cref="Retention"/>; where that is not enough, nothing more is stored.</summary>
    /// <value>The default is 4 GiB: at the usual compression, some 25 GB of tool results. Range 1 MiB to 100 TiB.</value>
    public long MaxBytes { get; set; } = 4L * 1024 * 1024 * 1024;

    /// <summary>How long an original is kept for sure after it was last put, fetched or kept. Nothing expires by itself: this only says what is never dropped to make room.</summary>
    /// <value>The default is 30 days. Range 0 to 10 years.</value>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Keys to encrypt originals with.</summary>
    /// <value>The default is <see langword="null"/>: they are in the clear, in a file that only its user may read.</value>
    public OriginalEncryption? Encryption { get; set; }

    /// <summary>Whether nothing may be changed: puts answer "not stored", and the file must exist.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool ReadOnly { get; set; }

    /// <summary>Told why a call failed: a full disk, a file that became read-only, damage. The caller is only told "not stored" or "unavailable". Never holds content.</summary>
    /// <value>The default is <see langword="null"/>. <c>AddHeadroomSqliteStore</c> logs it.</value>
    public Action<Exception>? OnFailure { get; set; }

    internal SqliteOriginalStoreOptions Clone() => (SqliteOriginalStoreOptions)MemberwiseClone();

    internal void Validate()
    {
        List<string> errors = [];
        if (MaxBytes is < 1024 * 1024 or > 100L * 1024 * 1024 * 1024 * 1024) errors.Add($"MaxBytes: {MaxBytes} is outside 1 MiB to 100 TiB.");
        if (Retention < TimeSpan.Zero || Retention > TimeSpan.FromDays(3660)) errors.Add($"Retention: {Retention} is outside 0 to 10 years.");
        if (errors.Count > 0) throw new ArgumentException("Settings of the SQLite store are invalid:\n- " + string.Join("\n- ", errors));
    }
}
