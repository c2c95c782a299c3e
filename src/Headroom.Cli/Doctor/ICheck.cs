namespace Headroom.Cli.Doctor;

/// <summary>The parts of the report, in its order.</summary>
internal enum CheckGroup
{
    Tool,
    Store,
    Proxy,
    Agents,
    Mcp,
    Cache,
}

/// <summary>Looks at one thing, and changes nothing.</summary>
internal interface ICheck
{
    CheckGroup Group { get; }

    /// <summary>What is looked at, for where it cannot be: <c>the store</c>.</summary>
    string Subject { get; }

    /// <summary>Looks. It may fail in any way, or not end: then the report says that it could not be checked.</summary>
    Task<IReadOnlyList<Finding>> RunAsync(DoctorContext context, CancellationToken cancellationToken);
}
