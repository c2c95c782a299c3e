namespace Headroom.PromptCaching;

/// <summary>Kinds of text that differ from one request to the next.</summary>
public enum VolatileTextKind
{
    /// <summary>A date with a time of day.</summary>
    DateTime,

    /// <summary>A date that is said to be today's.</summary>
    Date,

    /// <summary>A time of day that is said to be now.</summary>
    Time,

    /// <summary>Seconds or milliseconds since 1970.</summary>
    UnixTime,

    /// <summary>A UUID or ULID.</summary>
    Uuid,

    /// <summary>The id of a request, session, trace or run.</summary>
    RequestId,

    /// <summary>A number that counts something.</summary>
    Counter,

    /// <summary>Random letters and digits, such as a hash.</summary>
    RandomText,
}
