namespace Headroom.Storage.Sqlite.Files;

/// <summary>Result codes of SQLite that are treated in a way of their own (sqlite.org/rescode.html).</summary>
internal static class SqliteCode
{
    public const int Busy = 5;
    public const int Locked = 6;
    public const int ReadOnly = 8;
    public const int Corrupt = 11;
    public const int Full = 13;
    public const int CannotOpen = 14;
    public const int NotADatabase = 26;
}
