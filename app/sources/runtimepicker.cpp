// SPDX-License-Identifier: Apache-2.0
#include "sources/runtimepicker.h"

#include "chat/discovery.h"
#include "chat/workspace.h"
#include "core/whendone.h"
#include "dialogs/formfields.h"
#include "dialogs/listkeys.h"
#include "dialogs/themedlabel.h"
#include "sources/awsidentitychoice.h"
#include "sources/endpointchoice.h"
#include "sources/runtimemodel.h"
#include "theme/metrics.h"
#include "theme/style.h"
#include "window/rowdelegate.h"
#include "window/settings.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QScreen>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

// Suggestions alone: any other can be typed.
const QStringList usualRegions = {
    u"us-east-1"_s,      u"us-east-2"_s,  u"us-west-2"_s,      u"ca-central-1"_s,   u"eu-central-1"_s,
    u"eu-west-1"_s,      u"eu-west-2"_s,  u"eu-west-3"_s,      u"eu-north-1"_s,     u"ap-northeast-1"_s,
    u"ap-northeast-2"_s, u"ap-south-1"_s, u"ap-southeast-1"_s, u"ap-southeast-2"_s, u"sa-east-1"_s};

} // namespace

RuntimePicker::RuntimePicker(const Theme *theme, Workspace *workspace, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_workspace(workspace)
    , m_rows(new RuntimeModel(this))
{
    setObjectName(u"runtimePicker"_s);
    makeFields();
    makeList();
    setFocusProxy(m_filter);
    connect(m_identity, &AwsIdentityChoice::chosenChanged, this, &RuntimePicker::onIdentityChosen);
    connect(m_region, &QComboBox::editTextChanged, this, &RuntimePicker::refreshNote);
    connect(m_region, &QComboBox::activated, this, &RuntimePicker::list);
    connect(m_list, &QPushButton::clicked, this, &RuntimePicker::list);
    connect(m_paste, &QPushButton::clicked, this, &RuntimePicker::arnAsked);
    connect(m_endpoint, &EndpointChoice::detailsRead, m_rows, &RuntimeModel::setDetails);
    connect(m_endpoint, &EndpointChoice::changed, this, [this] {
        layout()->activate();
        Q_EMIT changed();
        if (m_isActivated && !m_endpoint->isReading())
            onActivated();
    });
    refreshNote();
}

RuntimePicker::~RuntimePicker() = default;

void RuntimePicker::makeFields()
{
    const FormFields fields = FormFields::on(m_theme, this);
    auto *who = new QWidget;
    m_identity = new AwsIdentityChoice(m_workspace->identities());
    m_identity->setObjectName(u"awsIdentity"_s);
    FormFields::on(m_theme, who).addField(tr("AWS keys"), m_identity);
    auto *where = new QWidget;
    m_region = new QComboBox;
    m_region->setObjectName(u"region"_s);
    m_region->setEditable(true);
    m_region->setInsertPolicy(QComboBox::NoInsert);
    m_region->addItems(usualRegions);
    m_region->setCurrentIndex(-1);
    m_region->lineEdit()->setPlaceholderText(tr("for example us-west-2"));
    m_region->lineEdit()->setAccessibleName(tr("Region"));
    m_region->lineEdit()->installEventFilter(this);
    FormFields::on(m_theme, where).addField(tr("Region"), m_region);
    auto *row = new QHBoxLayout;
    row->setSpacing(m_theme->px(Metric::within));
    row->addWidget(who, 3);
    row->addWidget(where, 2);
    fields.column()->addLayout(row);
    m_list = new QPushButton(tr("List agents"));
    m_list->setObjectName(u"listRuntimes"_s);
    m_list->setAutoDefault(false);
    m_filter = new QLineEdit;
    m_filter->setObjectName(u"runtimeFilter"_s);
    m_filter->setAccessibleName(tr("Filter"));
    m_filter->setPlaceholderText(tr("Type to filter by name, id or description"));
    m_filter->setClearButtonEnabled(true);
    m_filter->installEventFilter(this);
    auto *search = new QHBoxLayout;
    search->setSpacing(m_theme->px(Metric::within));
    search->addWidget(m_filter, 1);
    search->addWidget(m_list);
    fields.column()->addLayout(search);
    connect(m_filter, &QLineEdit::textChanged, this, &RuntimePicker::onFilterTyped);
}

void RuntimePicker::makeList()
{
    auto *column = qobject_cast<QVBoxLayout *>(layout());
    m_view = new QListView;
    m_view->setObjectName(u"runtimes"_s);
    m_view->setAccessibleName(tr("Agents of the account"));
    m_view->setModel(m_rows);
    m_view->setItemDelegate(new RowDelegate(m_theme, m_view));
    m_view->setUniformItemSizes(true);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setMouseTracking(true);
    m_view->setTabKeyNavigation(false);
    // As high as there is room, not as a list likes to be.
    m_view->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Ignored);
    m_view->viewport()->setAutoFillBackground(false);
    m_view->installEventFilter(this);
    column->addWidget(m_view, 1);
    auto *foot = new QHBoxLayout;
    m_note = new ThemedLabel(m_theme, FontRole::Small, ColourRole::InkFaint);
    m_note->setObjectName(u"runtimesNote"_s);
    m_note->setWordWrap(true);
    m_paste = new QPushButton(tr("Paste an ARN instead"));
    m_paste->setObjectName(u"pasteArn"_s);
    m_paste->setAutoDefault(false);
    setButtonKind(m_paste, ButtonKind::Link);
    foot->addWidget(m_note, 1);
    foot->addWidget(m_paste, 0, Qt::AlignTop);
    column->addLayout(foot);
    m_endpoint = new EndpointChoice(m_theme, m_workspace->discovery());
    column->addWidget(m_endpoint);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &RuntimePicker::onRowChanged);
    connect(m_view, &QListView::doubleClicked, this, &RuntimePicker::onActivated);
    const auto restyle = [this] {
        // Three rows, or fewer where the endpoint below would not fit any more.
        m_view->setMinimumHeight(
            std::min(m_theme->px(Metric::runtimeList), screen()->availableGeometry().height() / 4));
        m_view->doItemsLayout();
    };
    restyle();
    connect(m_theme, &Theme::changed, this, restyle);
}

void RuntimePicker::setSettings(Settings *settings)
{
    m_settings = settings;
}

void RuntimePicker::start()
{
    if (m_hasStarted)
        return;
    m_hasStarted = true;
    if (m_settings)
        m_identity->choose(m_settings->discoveryIdentity());
    onIdentityChosen();
}

void RuntimePicker::onIdentityChosen()
{
    if (!m_hasStarted || m_isTaking)
        return;
    refreshNote();
    const std::optional<Identity> identity = m_identity->chosen();
    if (!identity)
        return;
    if (!identity->id.isEmpty() && identity->id == m_listedAs) {
        m_region->setCurrentText(m_listedIn);
        return;
    }
    const auto use = [this, identity](const QString &region) {
        if (m_identity->chosen() != identity)
            return;
        if (!region.isEmpty())
            m_region->setCurrentText(region);
        // What is no identity yet becomes one only when it is asked for.
        if (!identity->id.isEmpty() && !m_region->currentText().isEmpty())
            list();
        refreshNote();
    };
    const QString kept = m_settings ? m_settings->discoveryRegion(identity->id) : QString();
    if (!kept.isEmpty())
        use(kept);
    else
        whenDone(m_workspace->identities()->awsRegion(std::get<AwsKeys>(identity->kind).profile), this, use);
}

void RuntimePicker::list()
{
    std::optional<Identity> identity = m_identity->chosen();
    const QString region = m_region->currentText().trimmed();
    if (!identity || region.isEmpty()) {
        m_region->setFocus();
        return;
    }
    m_listing.reset();
    m_rows->clear();
    m_endpoint->forget();
    m_problem.reset();
    if (identity->id.isEmpty()) {
        // The list of identities changes with it, and the region is the one that stands there.
        const QScopedValueRollback guard(m_isTaking, true);
        const Result<Identity> saved = m_workspace->identities()->save(*identity);
        if (!saved) {
            onFinished(saved.error());
            return;
        }
        identity = *saved;
    }
    m_listedAs = identity->id;
    m_listedIn = region;
    m_identity->choose(identity->id);
    if (m_settings)
        m_settings->setDiscoveryPlace(identity->id, region);
    m_isListing = true;
    m_listing = m_workspace->discovery()->listRuntimes(identity->id, region);
    connect(m_listing.get(), &RuntimeListing::found, this, [this](const auto &runtimes) {
        m_rows->add(runtimes);
        refreshNote();
    });
    connect(m_listing.get(), &RuntimeListing::finished, this, &RuntimePicker::onFinished);
    refreshNote();
}

void RuntimePicker::onFinished(const std::optional<Error> &error)
{
    m_isListing = false;
    m_hasListed = true;
    m_problem = error;
    refreshNote();
}

void RuntimePicker::onFilterTyped()
{
    const QString before =
        m_view->currentIndex().isValid() ? m_rows->at(m_view->currentIndex().row()).arn : QString();
    m_rows->setFilter(m_filter->text());
    QModelIndex row = m_rows->indexOf(before);
    if (!row.isValid() && !m_filter->text().trimmed().isEmpty())
        row = m_rows->index(0);
    m_view->setCurrentIndex(row);
    if (!row.isValid())
        onRowChanged();
    refreshNote();
}

void RuntimePicker::onRowChanged()
{
    m_isActivated = false;
    const QModelIndex row = m_view->currentIndex();
    if (row.isValid())
        m_endpoint->show(m_listedAs, m_rows->at(row.row()));
    else
        m_endpoint->clear();
}

void RuntimePicker::onActivated()
{
    if (!m_view->currentIndex().isValid() && m_rows->rowCount() > 0)
        m_view->setCurrentIndex(m_rows->index(0));
    m_isActivated = m_endpoint->isReading();
    if (!m_isActivated && proposal())
        Q_EMIT activated();
}

std::optional<AgentProposal> RuntimePicker::proposal() const
{
    const std::optional<FoundRuntime> found = m_endpoint->found();
    if (!found || (found->details && !isChatProtocol(found->details->protocol)))
        return std::nullopt;
    return proposalOf(*m_workspace->identities(), *found);
}

bool RuntimePicker::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    auto *press = static_cast<QKeyEvent *>(event);
    const bool isEnter = press->key() == Qt::Key_Return || press->key() == Qt::Key_Enter;
    if (watched == m_region->lineEdit()) {
        if (isEnter)
            list();
        return isEnter;
    }
    if (isEnter) {
        onActivated();
        return true;
    }
    if (watched == m_view) {
        // Typing filters, wherever the keyboard is.
        const bool isTyped = !press->text().isEmpty() && press->text().at(0).isPrint()
            && !press->modifiers().testFlag(Qt::ControlModifier);
        if (!isTyped && press->key() != Qt::Key_Backspace)
            return false;
        m_filter->setFocus();
        QCoreApplication::sendEvent(m_filter, press);
        return true;
    }
    return moveRowByKey(m_view, press);
}

QString RuntimePicker::problemText(const Error &error) const
{
    if (error.kind == ErrorKind::HostNotFound)
        return tr("No AgentCore answers in the region %1. Check the region’s name and the network.")
            .arg(m_listedIn);
    return error.message;
}

void RuntimePicker::refreshNote()
{
    const int found = m_rows->foundCount();
    m_list->setText(m_isListing || m_hasListed ? tr("List again") : tr("List agents"));
    m_list->setEnabled(m_identity->chosen() && !m_region->currentText().trimmed().isEmpty());
    QString text;
    if (m_problem)
        text = problemText(*m_problem);
    else if (m_isListing)
        text = found > 0 ? tr("%n agents so far…", nullptr, found) : tr("Asking for the list…");
    else if (!m_hasListed)
        text = tr("Listing an account needs AWS keys. Those chosen here become one of your identities.");
    else if (found == 0)
        text = tr("There are no agents in %1. Another region may have some.").arg(m_listedIn);
    else if (m_filter->text().trimmed().isEmpty())
        text = tr("%n agents.", nullptr, found);
    else
        text = tr("%1 of %n agents fit.", nullptr, found).arg(m_rows->rowCount());
    m_note->setInk(m_problem ? ColourRole::Bad : ColourRole::InkFaint);
    m_note->setText(text);
    m_view->setAccessibleDescription(text);
}

} // namespace Parlance
