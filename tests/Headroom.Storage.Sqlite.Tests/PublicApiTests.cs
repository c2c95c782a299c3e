namespace Headroom.Storage.Sqlite;

public sealed class PublicApiTests
{
    [Fact]
    public void The_public_surface_is_the_approved_one()
    {
        Assert.Null(PublicApi.DifferenceFromApproved(typeof(SqliteOriginalStore).Assembly, "tests/Headroom.Storage.Sqlite.Tests/PublicApi.approved.txt"));
    }
}
