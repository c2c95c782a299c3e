namespace Headroom.Storage.Sqlite.Caching;

/// <summary>Settings of a <see cref="SqliteDistributedCache"/>.</summary>
public sealed class SqliteDistributedCacheOptions
{
    /// <summary>Bytes the file may use. Beyond, what has expired is removed, then what has not been read for longest.</summary>
    /// <value>The default is 1 GiB. Range 1 MiB to 100 TiB.</value>
    public long MaxBytes { get; set; } = 1024L * 1024 * 1024;

    internal SqliteDistributedCacheOptions Clone() => (SqliteDistributedCacheOptions)MemberwiseClone();

    internal void Validate()
    {
        if (MaxBytes is < 1024 * 1024 or > 100L * 1024 * 1024 * 1024 * 1024) throw new ArgumentException($"MaxBytes: {MaxBytes} is outside 1 MiB to 100 TiB.");
    }
}
