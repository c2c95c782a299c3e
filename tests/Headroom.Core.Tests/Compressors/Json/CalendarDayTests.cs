namespace Headroom.Compressors.Json;

public sealed class CalendarDayTests
{
    [Theory]
    [InlineData("2024-05-18", 8, 0, 10)]
    [InlineData("due 2024-05-18, paid", 10, 4, 14)]
    [InlineData("2024-05-18T10:00:00Z", 8, 8, 8)]
    [InlineData("2024-05-18 10:00", 8, 8, 8)]
    [InlineData("12024-05-18", 8, 8, 8)]
    [InlineData("2024-05-18", 0, 0, 0)]
    [InlineData("2024-05-18", 10, 10, 10)]
    [InlineData("pages 12-05", 9, 9, 9)]
    public void A_day_is_not_torn(string text, int cut, int before, int after)
    {
        Assert.Equal(before, CalendarDay.Before(text, cut));
        Assert.Equal(after, CalendarDay.After(text, cut));
    }
}
